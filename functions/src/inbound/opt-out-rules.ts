import { LISTS } from './opt-out-words.ts';
import { wordPattern, type WordPattern } from './word-pattern.ts';

/**
 * How people ask to be texted no more, when a keyword is not all that they write. Each line is one way to say it
 * (word-pattern.ts). A text that is read as a request is only shown to an operator, who decides; so a line may be a little
 * generous where the cost of missing a request is high, but not with everyday uses of its words.
 */

const patterns = (text: string): readonly WordPattern[] =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('//'))
    .map((line) => wordPattern(line, LISTS));

/** What is done to the texter is told to stop. Denied under a negation, and where somebody else is to stop. */
export const COMMANDS = patterns(`
  STOP EVEN* DET* CONTACTING (ME|NOW|MESSAGES|$)
  STOP EVEN* DET* (CONTACTING|DOING) (ME|MESSAGES)
  STOP EVEN* sending DET* (stuff|things|anything|crap|shit|junk)
  STOP (using|DOING|CONTACTING) (to)? OWN NUMBER
  STOP EVEN* (DOING|trying) (to)? (CONTACT|sell|reach) (ME|NOW|$)
  STOP blowing up
  (avoid|refrain) (from)? (CONTACTING|DOING) (ME|NOW|MESSAGES|$)
  leave (me|us) (the|tf)? (hell|fuck|heck)? alone !with
  leave (me|us) (be|tf)
  turn off DET* MESSAGES
  (shut|switch) off DET* MESSAGES
  (turn|shut|switch) DET* MESSAGES off
  disable DET* MESSAGES
  UNSUB !(from|of|to)
  UNSUB (from|of|to) DET* (MESSAGES|LIST|it|all|everything|$)
  un subscribe
  (opt|opting|opted) (me|us|out|my)* out !of
  (opt|opting|opted) (me|us)? out of DET* (MESSAGES|LIST|it|all|everything|$)
  REMOVE (me|us|her|him) (now|immediately|POLITE|and|or|$)
  REMOVE (me|us|OWN) NUMBER* (off|from) DET* LIST
  (remove|delete|erase|lose|loose|forget|drop|unlist|purge) OWN NUMBER NUMBER? (POLITE|and|or|now|off|$)
  (remove|delete|lose) number
  remove from DET* LIST
  (take|get|keep|kick|knock) OWN NUMBER* off (POLITE|of|$) !(the)
  (take|get|keep|kick|knock) OWN NUMBER* (off|from|out) (of)? DET* LIST
  (drop|scratch|strike|cross) OWN NUMBER* (off|from) DET* LIST
  get off DET* (list|lists)
  (put|add) OWN NUMBER* (on|to) DET* do not
  lose it
`);

/** Requests to stop a flow of messages. Denied under a negation only, since "I want to stop these" asks for it too. */
export const ENDINGS = patterns(`
  (STOP|end|cancel) (it|with|w|all)* DET* MESSAGES_PLURAL
  STOP (with|w)? DET* MESSAGES
  STOP (receiving|getting|receive) (DET|MESSAGES|$)
  (STOP|end|cancel) (all|everything) ($|POLITE)
  (revoke|revoking|withdraw|withdrawing|rescind|retract) DET* (consent|permission|authorization)
  (blocking|block|reporting|report|blocked|reported) (you|u|DET) (as|number|to|$)
  (cancelar|cancelen|cancele|cancela|anular|anulen|suspender|suspendan) DE* (suscripcion|mensajes|textos|notificaciones|alertas)
  cease and desist
`);

/** These hold as they stand; what negates them is part of them. */
export const CLAIMS = patterns(`
  NOT EVEN* CONTACT (me|us|this|my|here|again|anymore|any|$) !WHEN !(about|a|what|that|if|and)
  NOT EVEN* (call|phone|email|write|reach) (out)? (to)? (me|us|this|here|again|anymore) !WHEN !(about|a|what|that|if|and)
  NOT EVEN* send (me|us) DET* (MESSAGES|anything|stuff|crap|shit|junk|again|anymore|$)
  NOT EVEN* send DET* (MESSAGES|anything|crap|shit|junk)
  no (more|further|mas) DET* (MESSAGES|CONTACTING)
  ^ FILL* no DET* (MESSAGES_PLURAL|CONTACTING) FILL* $
  ^ FILL* no (more|further) FILL* $
  ^ FILL* enough FILL* $
  enough (with|of)? DET* MESSAGES_PLURAL
  (tired|sick|fed|done) (up)? (of|with) GET* DET* (MESSAGES_PLURAL|CONTACTED)
  (not|no) (longer)? interested in GET* DET* MESSAGES
  ^ (im|i|am|we|are|FILL)* (not|no) (longer)? interested (anymore|at|all|FILL)* $
  (mind|prefer|rather|appreciate) not (CONTACTING|sending|calling)
  (prefer|rather) not (to)? (be|get|receive) DET* (CONTACTED|MESSAGES)
  MODAL you EVEN* not CONTACT (ME|NOW|$)
  MODAL you (FILL)* stop DET* (MESSAGES|$)
  (told|asked|ask|asking|telling|tell|warned|want|need) (you|u|yall) EVEN* not (to)? (CONTACT|send) (ME|NOW|$)
  appreciate (it|if|that|you|would|could)* (didnt|dont|not|wouldnt) (CONTACT|send) (ME|NOW|$)
  appreciate (it|if|that|you|would|could)* stopped
  (want|like|wish|need|love|trying|tried|how|prefer) AUX* (stop|quit|end|avoid) (receiving|getting|receive|DET) (MESSAGES|DET|from|$)
  NEG EVEN* (want|wish|need|care|desire|consent|agree|ask|asked|authorize|authorise|wanna) GET* DET* (MESSAGES_PLURAL|CONTACTED)
  NEG EVEN* (want|wish|need|care|desire) (to)? (hear|hearing) from
  NEG EVEN* (want|need|like) (you|u|yall|people|anyone) (to)? (CONTACT|CONTACTING|DOING) (ME|NOW|$)
  NEG EVEN* (want|need) (this|these|them|any|your|it|stuff|crap)* (anymore|more) $
  no longer AUX* (want|wish|need|consent|agree) GET* DET* (MESSAGES|CONTACTED|$)
  no longer AUX* (wish|want) to (receive|get|be|hear|participate)
  (NEG|no) EVEN* (have|give|gave|given|having) (you|u|DET)* (permission|consent)
  NEG EVEN* (sign|signed|subscribe|subscribed|opt|opted|consent|consented|agree|agreed|ask|asked) (up|in)? (for|to) DET* (MESSAGES_PLURAL|$)
  NEG EVEN* (subscribe|subscribed|consent|consented|opt|opted) (in)? $
  (i|id|we) AUX* be (REMOVED|taken) (off|from|$|POLITE) !(of)
  (want|like|wish|ask|asked|asking|need) AUX* (be|get) (REMOVED|taken|off) (off|from|of|POLITE|DET|$)
  (want|like|need) (to)? (get)? (out|off) ($|POLITE|now)
  (want|like|need) (to)? (get)? (out|off) (of)? DET* (MESSAGES|list|lists|system|group|chat|program|thread)
  how (to|do|can|could|AUX|i|we|you|one|u)* (unsubscribe|opt|stop) (out|it|DET)* (POLITE|$)
  (wont|cant) you STOP TAIL* $
  why (dont|wont|cant) you (just|please)* STOP TAIL* $
  (want|asking|telling|tell|ask|told|asked|like|begging|beg|demand|need|request|requesting) (you|u|yall) TIMES* to STOP TAIL* $
  ^ FILL* (you|u|yall) (need|have|got|must|should|better|ought|gotta) (to)? STOP TAIL* $
  (make|get|want|need) DET* (it|this|these|them|MESSAGES_PLURAL) (to)? stop TAIL* $
  (this|these|they|MESSAGES_PLURAL) (needs|need|has|have|must|should|got|better) (to)? (stop|end) TAIL* $
  (if|unless) (you|u|yall) (dont|do|cant|wont|not|keep)* STOP EVEN* (CONTACTING|sending|DET) (ME|MESSAGES|NOW|$)
  (i|ive|we|weve) AUX* SAID (you|u|yall|with|to|the|word|already)* STOP_WORD !(by|at|for|in|on|a|over|being|the)
  what part of STOP_WORD
  ^ FILL* (text|txt|reply|replying|word|sms) STOP_WORD FILL* $
  (please|pls|plz|interested|wrong|number|person|enough|harassment) stop TAIL* $
  ^ FILL* stop (i|im|ive|who|wrong|dont|not)
  NEG EVEN* (want|wish|need) to (receive|get) (anything|any)
  (stop|end|quit) sending $
  (fuck|piss|bug|buzz|back|bugger) off FILL* $
  ^ FILL* go away FILL* $
  ^ FILL* get lost FILL* $
  do not (contact|call|text|disturb) list
  ^ (this|its|it|is|these|are|FILL)* spam FILL* $
`);

/** A number that has another owner now: who has it never asked for anything. */
export const WRONG_NUMBER = patterns(`
  wrong (number|num|no|person|guy|phone|digits) !(of|for|is|on)
  (numero|telefono) (equivocado|incorrecto)
  (equivoco|equivocaste|equivocado|equivocaron) (de)? (numero|persona)
  ^ (esta|estas|FILL)* equivocado $
`);
/** It is the texter's own mistake, or a question. */
export const OWN_MISTAKE = patterns(`
  i AUX* (gave|give|dial|dialed|dialled|call|called|text|texted|put|wrote|entered|typed|sent|had|have|got|saved)
  ^ (is|was|did|does|do|what|why)
`);

/** A clause that says no more than stop, within a longer text. */
export const BARE_CLAUSES = patterns(`
  ^ FILL* (STOP|unsubscribe|optout|stopall) TAIL* ($|or)
  ^ FILL* (alto|parar|pare|paren|basta|detente) FILL* $
`);

export const SPANISH = patterns(`
  DEJA de DEJA_VERB !HASTA
  DEJA DE* (mensajes|textos)
  (quiero|deseo|quisiera|pido|favor|necesito) (que|de|no|por|porfavor)* (DEJA|paren) (de)? DEJA_VERB
  (dejame|dejeme|dejenme|dejenos|dejanos|dejadme) en paz
  no (me|nos|le|les|vuelvan|vuelva|vuelvas|a)* NO_VERB (mas|nunca|mensajes|textos|nada|a|al|DE|por|$|POLITE) !HASTA
  (no|nunca|jamas) (me|nos)? (vuelvan|vuelva|vuelvas) a (DEJA_VERB|molestarme)
  no (me|nos)? (quiero|deseo|quisiera|necesito|acepto|interesa|autorizo|interesan) (mas|recibir|sus|tus|que|me|estos|esos|este|ningun|tener|seguir|recibiendo|sus|los|las|saber|de|tipo|nada)* (mensajes|mensaje|textos|sms|notificaciones|alertas|contacten|escriban|llamen|molesten|promociones|publicidad|informacion|ustedes)
  no (quiero|deseo|quisiera) recibir (mas|nada) (POLITE|mas|de|$)
  ^ (ya|FILL)* no (me|nos) interesa FILL* $
  ^ (ya|FILL)* no (estoy|estamos) (interesado|interesada|interesados) FILL* $
  (salir|salirme|salgo) DE* LISTA
  no mas (mensajes|textos|sms|llamadas|por|POLITE|$)
  (ya)? no mas $
  BORRA DE* LISTA
  BORRA (ya|POLITE|$)
  (dar|darme|darse|deme|dame|denme|darnos) DE* baja
  (desuscribir|desuscribirme|desuscribirse|desuscribeme|desuscribame|desuscribanme|desinscribir|desinscribirme)
  (cancelar|cancele|cancelen|anular) DE* suscripcion
  como (me)? (doy|salgo|cancelo|paro|detengo|desuscribo) (de)? DE* (baja|lista|mensajes|$)
`);

/** Who stands before the request and takes it away: what others say, what one has done by mistake, what one does not think. */
export const DENIALS = patterns(`
  NEG (think|believe)
  no need
  no reason
  by (accident|mistake)
  (accidentally|mistakenly|accident|mistake|resubscribe|rejoin|resubscribed)
  (what|why|how) (does|did|happens|come|would|am|was|were) (STOP_WORD|i|if|we|it|mean) (text|mean|STOP_WORD|unsubscribed|i|get|got)
  (is|was|am|im|got|were|been|did|get) (i)? (get|got)? unsubscribed
  que no (deje|dejen|dejes|pare|paren)
  no quiero que (deje|dejen|dejes|pare|paren)
`);

/** Before "stop" these make it a noun. */
export const NOUN_MARKS: ReadonlySet<string> = new Set(
  `the a an bus next last first train tram pit truck full rest one another final which every each whistle short tour shuttle
   metro subway non door transit water back gas`
    .split(/\s+/)
    .filter(Boolean),
);
