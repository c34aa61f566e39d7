import type { WordLists } from './word-pattern.ts';

/** The words that requests to stop are made of, English and Spanish, as plain-words.ts writes them. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** What goes with any text and asks for nothing. */
export const POLITE = list(`
  please pls plz plse plss pleas pleez plees thanks thank thankyou thx tnx thnx ty tysm tks u ya ok okay okey kk now immediately
  asap today hi hello hey dear sir madam maam mam kindly just yes yeah yep yea sorry bye goodbye everyone everybody guys folks
  friend friends there cheers regards sincerely respectfully
  porfavor porfa xfavor xfa gracias hola ahora si senor senora disculpe disculpa perdon adios saludos inmediatamente ya`);

/** The same in several words. Longer than one clause they are not. */
export const POLITE_PHRASES =
  /(?<![^ ])(?:good (?:morning|afternoon|evening|day|night)|have a (?:[a-z]+ )?(?:day|one|night|evening|weekend)|right (?:now|away)|at once|(?:please|pls) and(?= than)|(?:thanks|thank (?:you|u|ya)|thankyou|thx|ty)(?: (?:very|so|much|a|lot|lots|in|advance|again|kindly|team|sir|madam|maam|for your [a-z]+|for the [a-z]+|and god bless))*|god bless(?: you)?|no thanks|no thank you|excuse me|por favor|(?:muchas |mil )?gracias|buen dia|buenos dias|buenas (?:tardes|noches)|de antemano|yours truly)(?![^ ])/g;

/** Alone, these mean what a stop word means, though no carrier acts on them: somebody should look. */
export const SAME_MEANING = list(`
  remove delete removeme deleteme removal halt cease desist ceaseanddesist enough enoughalready unsub unsubscribed unsuscribe
  optedout optingout spam nomore nomoretexts nomas yanomas basta yabasta para pare paren detente detenganse cancelar baja
  dardebaja darmedebaja bajadelista salir desuscribir desuscribirme desuscribirse eliminar stopit stopthis stopthat goaway
  dnc donotcontact donotcall stfu shutup nostop stopped stopto stop2end stop2quit stoptoend stoptoquit`);

/** Words one slip away from a stop word that mean something else. */
export const LOOKALIKES = list(`
  step shop top atop slop sop stow stoop stoops stomp strop swop stops stove store story stock stone crop prop spot scop
  cancer cancels subscribe subscribed evoke revoked invoke lookout layout option quilt quiet quite quip suit quid`);

/** Who laughs does not mean it. */
export const LAUGHTER = /^(?:(?:ha){2,}h?|(?:he){2,}|(?:ja){2,}|a?haha\w*|lo+l|lmao|lmfao|rofl|jk)$/;

/** What follows "Stop!" where it is a song, a game or a rule of the road. */
export const IDIOMS = list('drop hammer hammertime look collaborate in');

const MESSAGES_PLURAL = `texts txts messages mesages messeges msgs msg txt sms mms notifications alerts blasts spam
  emails communications communication correspondence promos promotions ads newsletters newsletter subscription subscriptions
  solicitations announcements mensajes textos`;
const DETERMINERS = `the these this those all any of your ur ya yall my more further future with such damn dam damned stupid
  annoying fucking fuckin freaking frickin effing goddamn bloody constant unwanted automated automatic daily weekly nonstop spam
  text txt sms mass group marketing promotional promo political campaign junk crap unsolicited so many out from me us sending
  getting receiving coming random please pls kind kinds type every single ever anymore additional bullshit`;

export const LISTS: WordLists = {
  POLITE,
  STOP: list('stop stopp stpo stahp quit cease halt discontinue terminate desist'),
  STOP_WORD: list('stop unsubscribe optout cancel quit end "stop "unsubscribe "cancel "quit "end "optout'),
  MESSAGES: list(
    `${MESSAGES_PLURAL} text message notification alert reminders updates contact calls offers solicitation service services
      harassment nonsense bs`,
  ),
  MESSAGES_PLURAL: list(`${MESSAGES_PLURAL} reminders updates`),
  DET: list(DETERMINERS),
  CONTACTING:
    list(`texting textin txting texing messaging messagin msging mesaging contacting bothering harassing spamming
    pestering notifying soliciting emailing`),
  /** These need somebody whom they are done to. */
  DOING:
    list(`sending sendin calling callin writing hitting blowing bugging annoying disturbing pinging flooding bombarding
    inundating blasting asking trying reaching targeting stalking hounding nagging hassling
    badgering chasing pursuing`),
  CONTACT: list('text txt message msg contact bother spam harass disturb solicit bug notify ping pester'),
  CONTACTED: list('contacted texted messaged called bothered spammed disturbed emailed notified solicited'),
  ME: list('me us my our this these here myself'),
  NOW: list(`anymore again any more all already please pls plz now or immediately altogether completely forever ever period
    asap today sir thanks from at entirely`),
  WHEN: list('until till til before after while when during so tonight tomorrow yet unless at late early'),
  NEG: list(`dont not never cant cannot wont didnt doesnt wouldnt couldnt shouldnt isnt arent aint havent hasnt without non
    nunca jamas sin`),
  NOT: list('dont not never nor'),
  SUBJECT: list('i ill id im ive we he she they hes shes theyre you youre u who people it why if to nobody'),
  AUX: list(`to want wanted wanna need like love wish going gonna would will should must can could may might please pls just
    really ever even also still now kindly better had have has be been do does did already prefer it if that asked ask asking
    am are finally truly keep kept keeps`),
  EVEN: list('ever even please pls just dare bother keep start you to'),
  GET: list(`to get getting receive receiving be being have see read for you u sending sent continue keep any of from in
    hear hearing asking on having`),
  TIMES: list(
    'multiple times many several repeatedly already twice nicely now before times three two enough',
  ),
  MODAL: list('can could will would wont cant'),
  /** Around a request. */
  FILL: list(`${[...POLITE].join(' ')} can could will would you u omg wtf ffs god jesus christ damn dammit seriously really
    fucking fuckin fuck the already dude bro man ugh listen again and so all no its me`),
  TAIL: list(`it me of this that these them those all everything already anymore again please pls plz now thanks thank you u ffs dude
    bro man god damn doing contacting immediately asap period ok okay sir altogether forever completely`),
  REMOVE: list('remove delete erase unlist purge scrub exclude take remover'),
  REMOVED: list('removed deleted erased unsubscribed unlisted'),
  OWN: list('my this our the me'),
  NUMBER: list('number num no phone cell name info information contact details data digits line'),
  LIST: list(`list lists lis texts text messages sms mailing system database db group groups chain thread chat rotation program
    service campaign records contacts file files distribution here it this your crap`),
  UNSUB: list(
    'unsubscribe unsubscribing unsub unsubs unsuscribe unsubcribe unsuscribed unenroll optout optouts unsubscribed',
  ),
  SAID: list(
    'said say told asked replied texted sent wrote typed responded reply texting replying requested',
  ),
  DEJA: list('deja deje dejen dejad para pare paren parar dejar'),
  DEJA_VERB:
    list(`escribir escribirme escribirnos mandar mandarme mandarnos enviar enviarme enviarnos molestar molestarme
    llamar llamarme contactar contactarme textear textearme mensajear mensajearme molestarnos mandando`),
  NO_VERB:
    list(`escriba escribas escriban mande mandes manden envie envies envien moleste molestes molesten llame llames
    llamen contacte contactes contacten textee textees texteen`),
  BORRA:
    list(`borrame borreme borrenme eliminame elimineme eliminenme quitame quiteme quitenme sacame saqueme saquenme
    remuevame remuevanme removerme borrarme eliminarme quitarme sacarme borrar eliminar quitar borra borre borren elimina
    elimine eliminen quita quite quiten`),
  LISTA: list('lista listas numero telefono celular base sistema grupo contactos mensajes datos'),
  DE: list('de del la el su sus tu tus mi mis este esta esa ese estos estas los las aqui'),
  HASTA: list('hasta antes despues cuando mientras manana tarde tan'),
};
