/** The same in Spanish: texts that ask to be texted no more, and texts that ask for nothing of the kind (IN-7). */
export const SPANISH_REQUESTS: readonly string[] = [
  ...`
no quiero más mensajes
No quiero recibir mensajes
ya no quiero más mensajes
deja de escribirme
dejen de mandarme mensajes
Por favor deje de enviarme mensajes
bórrame de la lista
Bórreme de su lista
quítame de la lista
elimine mi número
sáquenme de su lista
no me escriban más
No me escribas
no me manden mensajes
no me molesten
número equivocado
Se equivocó de número
quiero darme de baja
darme de baja
denme de baja por favor
déjenme en paz
basta
Ya basta
no más mensajes
no mas
no me interesa
cancelar
quiero cancelar la suscripción
para por favor
no vuelvan a escribirme
Parar de mandar mensajes
desuscribirme
deje de mandar mensajes
No me mande más mensajes
ya no me manden
quiero cancelar los mensajes
por favor quítenme de su lista
no deseo más información
no me llamen
Dejen de molestar
paren de escribirme
eliminar mi número por favor
Número equivocado, gracias
no quiero que me escriban
no quiero mas textos
no quiero recibir nada
Ya no me escriban por favor
no mande más mensajes
deje de molestarme
Deje de llamarme
dejen de enviar textos
quiten mi número
Quiten mi numero de su lista
elimíname de tu lista
Sácame de esta lista
saquenme
borren mi número
cancele mi suscripción
cancelar mensajes
quiero que dejen de escribirme
por favor no me contacten
no me contacten
numero incorrecto
no estoy interesado
Quiero salir de la lista
Cómo me doy de baja
`
    .trim()
    .split('\n'),
];

export const SPANISH_EVERYDAY: readonly string[] = [
  ...`
alto ahí
habla más alto
Es muy alto
en lo alto
alto voltaje
parar el autobús
no pares
no pares de escribirme
sin parar
para mañana
para ti
¿para qué?
no quiero café
no me escribas hasta las 5
cancela mi cita
quiero cancelar la cita
deja de llover
deja el paquete en la puerta
el número es correcto
no dejes de escribirme
no me olvides
¿por qué no me escribes?
llámame más tarde
borra la cita
quítame la duda
baja la música
La parada del autobús
Te llamo al parar
ok gracias
no gracias
el alto del edificio
Llego a la parada
No puedo parar de reír
para la cita de mañana
Puedo cancelar mi cita?
Quiero cambiar mi cita
deja te aviso
no me siento bien
no quiero ir
no quiero cancelar
ya no puedo ir
no más tarde de las 5
baja en la próxima parada
Basta con dos
quita la cita del lunes
más alto
Voy a parar en la tienda
Puedes parar aquí?
no paro
paro en 5
el bus para aquí
Para el viernes
baja el precio
Estoy de baja por enfermedad
deja lo pienso
déjame ver
déjame en la esquina
no me escribió
no me llamó
no me llames antes de las 3
quiero más información
no quiero molestar
no quiero esperar
¿me quitas de la cita?
elimina la cita
borra eso
número de teléfono?
equivocado de día
`
    .trim()
    .split('\n'),
];
