/** Texts that ask in other words to be texted no more, one a line (IN-7). */
export const REQUESTS: readonly string[] = [
  ...`
stop texting me
Please stop texting me
STOP TEXTING ME!!!
stop messaging me
Stop sending me these messages
stop sending messages
stop sending me texts
please stop contacting me
Stop bothering me
stop harassing me
stop spamming me
quit texting me
Quit sending me this crap
cease all communication
stop with the texts
stop the texts
Stop these messages
stop all messages
stop all these damn messages
stop your messages please
stop messages
stop texts
Stop blowing up my phone
will you stop texting me
Can you please stop texting me?
please stop texting me so early
stop texting me at night
Stop texting me during work hours
stop texting me while I drive
could you stop sending me texts
you need to stop texting me
I want you to stop texting me
I asked you to stop texting me
I said stop
I told you to stop
I already texted STOP
I replied "STOP" twice and you keep texting
I have said stop already
Why won't you stop texting me
you won't stop texting me
Stop or I will sue
Stop! Wrong number
STOP. I have asked three times.
stop, who is this?
stop it
Stop this
make it stop
please make it stop
I want this to stop
These texts need to stop
how do I stop this
How do I stop these texts?
How do I make these messages stop
Can I stop getting these
I want to stop getting these texts
I would like to stop receiving these messages
Stop receiving
If you don't stop texting me I'll call the police
stop dude
omg stop
Don't text me
don’t contact this number
do not contact me again
Do not text this number
Please do not message me anymore
never text me again
NEVER contact me
dont text
Don't send me any more messages
do not send me texts
dont send me anything else
please don't text
can you not text me
Could you please not contact me
I told you not to text me
I asked you not to contact me
would you mind not texting me
I'd rather not get these messages
I would prefer not to be contacted
please refrain from contacting me
I would appreciate it if you didn't text me
I don't want these messages anymore
I dont want these texts
I don't want to receive texts
i dont want any more messages
I don't want to be contacted
I do not wish to receive messages
I no longer wish to receive these
No longer interested
not interested, thanks
I'm not interested in your messages
I don't want to hear from you
I didn't ask for these texts
I never signed up for this
I did not subscribe
I never agreed to these messages
I don't need these alerts
don't want this anymore
I don't consent to these messages
I revoke my consent
I withdraw consent
you do not have my permission
no more
No more texts
no more messages please
no more please
No texts please
no further messages
enough
Enough already
enough with the texts
I'm sick of these messages
tired of your texts
fed up with these texts
take me off your list
Take me off this list please
take my number off your list
get me off this list
take me off
Please remove me
remove me
remove me from your list
Remove my number please
remove this number
Delete my number
delete my number from your system
I want to be removed
I'd like to be taken off this list
Can I be removed from this list?
please remove my name from the list
lose my number
Lose this number
forget my number
erase my number
get me off
put me on your do not text list
Do not call list
wrong number
Wrong number, lose it
you have the wrong number
You've got the wrong person
Sorry, wrong number
I think you have the wrong number
leave me alone
Leave me alone!!!
just leave us alone
fuck off
go away
Go away please
piss off
how do I unsubscribe?
I want to unsubscribe
how can i unsubscribe
unsubscribe from this
Please unsubscribe me from your list
unsubscribe this number
I want to opt out
please opt me out of these
How do I opt out?
opting out
I opt out of these messages
i already unsubscribed
I'd like to unsubscribe please
can i opt out
Reply STOP to unsubscribe
I want out
want off this list
get me off your texts
I'm blocking this number
I will report you
I'm reporting this as spam
turn off these alerts
turn these texts off
cancel these messages
cancel all
end these texts
Cancel my subscription
spam
This is spam
STPO
sotp
stp
STOPP
stoo
st0p
dtop
unsuscribe
unsubcribe
cancle
remove
delete
unsub
plz stpo
STOP 4
🛑
halt
cease and desist
CEASE
pls stop msging me
Stop texting this number
STOP TXTING ME
this is harassment stop
Who is this? Stop texting
Please take my name off
please stop sending stuff to this phone
I am not interested please stop
You have wrong number
no longer want texts
No longer want to receive these
Do not send texts to this number
Quit bugging me
quit it
STOP CALLING ME
Please discontinue messages
discontinue
Please end messages
I would like to be removed from your contact list
Remove us
please delete my phone number
delete me from your database
opt me out of all messages
Stop. I am not Bob
This is not Bob. Stop texting.
stop sending me crap
please stop these alerts
please stop notifications
Please no more messages to this number
I do not want any messages from you
dont ever text me again
Don't message again
never contact me again
Please don’t send any more texts
kindly remove my number
kindly stop sending messages
Unsubscribe me right now or else
how do you unsubscribe
How do i get off this list
how do I stop receiving these
I want to be taken off
im done with these messages
Stop spamming
STOP SPAM
u need to stop
Please stop. Wrong person.
You keep texting me. Stop.
Can you stop?
Take me off of your list
get my number off your list
i dont wanna get these texts
I don't wish to be contacted
Please do not contact me
I didn't sign up for these messages
I never gave you permission to text me
you don't have permission
Stop messaging. I moved to another state
I don't live there anymore, please remove me
not interested stop
Please cease
stop stop stop I said stop
I keep texting stop and still get messages
For the last time, stop texting me
Leave me the hell alone
stop bothering my wife
stop texts pls
Stop the notifications
stop this service
Stop subscription
stop emails
STOP ME
text STOP
stop 12345
please stop everything
stop all of it
stop all of these messages
Unsubscribe from all
unsubscribe my number
please remove
Stop using this number
stop asking me for money
lose this number please
don't text this phone
do not disturb me
don't reach out again
I don't want to receive anything from you
I want no more texts
No more contact
Take me off
Please take me off this text list
Remove me from this group
Quit messaging me
I do not want texts from you
Do not text
dont text me no more
stop w/ the messages
Please stop all texts to this number
stop these text messages
I want to be removed from your mailing list
I would like to cancel these texts
Cancel text alerts
cancel alerts
Please cancel messages
end messages
No more msgs
No more spam
Leave me be
Lose my number please
wrong # stop
This is the wrong number
You must have the wrong number
sorry you have the wrong number
No one by that name here, stop texting
please stop contacting this number, thank you
I have asked you to stop
I’ve asked you multiple times to stop
Stop now or I report you
I am reporting you to the FCC
I'll report this number
You are harassing me, stop
don't bother me
Do not bother me again
don't ever contact me
Please don't message this number
Not interested
not interested, take me off
im not interested
I am no longer interested
I never asked for these messages
who gave you my number? stop texting me
stop sending to this number
Please stop sending text messages to my phone
Could you stop?
Would you please stop sending me these?
please stop with these messages
STOP SENDING ME STUFF
How do I get these texts to stop
how can I be taken off
how do i opt-out
How to opt out
I want to stop messages
I'd like to stop the alerts
unsubscribe all
Unsubscribe me from everything
Opt me out of everything
opt out of texts
please opt-out this number
I wish to opt out
I wish to unsubscribe
I choose to opt out
Please honor my opt out
revoke consent
I revoke permission to text me
I do not give you permission
I do not authorize texts
Do not send me anything
don't send me stuff
get lost
Bug off
Shut up
just stop texting
Enough!!
Pls remove
plz remove my #
Remove my phone number from your list
delete this contact
delete my info
discontinue service
Please discontinue texting
cease texting
Cease contact
halt messages
terminate messages
Stop pestering me
stop hounding me
stop nagging me
stopp texting me
plz stoppp texting me
stop textinggg
STOP TEXT
Stop text messages
Stop your texts
Stop your spam
stop ur msgs
unsubscribr
unsubscrib
tsop
stpop
STIP
srop
`
    .trim()
    .split('\n'),
];
