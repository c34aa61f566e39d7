/** Texts that ask for nothing of the kind, one a line: negations, quotations, everyday uses of the words (IN-7). */
export const EVERYDAY: readonly string[] = [
  '',
  '   ',
  ...`
yes please
start please
help me please
no
No thanks
don't stop
Don't stop!
do not stop
never stop
Never stop texting me
please don't stop texting me
Don't ever stop
I don't want to unsubscribe
do not unsubscribe me
I don't want to opt out
I never opted out
I can't stop laughing
can't stop texting her
I won't stop
I don't want you to stop texting me
I hope you never stop texting me
no need to stop
I don't think you should stop texting
bus stop
At the bus stop
STOP sign
stop sign ahead
the next stop is Main St
last stop
my stop is next
one stop shop
full stop
pit stop
non-stop
nonstop
It rained non stop
stop by later?
Stop by anytime
please stop by
can you stop by at 5
Stop at the store
please stop at the light
I need to stop at the bank
we will stop for gas
stop in tomorrow
When does the bus stop?
Where do you stop?
the rain will stop soon
My watch stopped
I stopped smoking
trying to stop smoking
stop smoking
stop worrying
stop the car
stop the presses
Stop and text me when you get there
non-stop flight
Stopping by at five
stop loss order
truck stop
the train did not stop
will the bus stop here?
Stop being late
the end
The end.
the end is near
end of story
weekend
in the end
End of the month
at the end of the day
by the end
dead end
When does it end?
cancel my 3pm appointment
Cancel my appointment
please cancel my appointment for tomorrow
can you cancel my order
I need to cancel my appointment
cancel my reservation
Cancel the meeting
please cancel the pizza
My flight was canceled
I have to cancel tonight
do I need to cancel?
cancel my last message
canceled
Had to cancel, Something came up at work
I quit my job
I quit
quit smoking
never quit
I never quit
quite good
revoke his key card
they revoked my license
he said 'stop'
He said "stop"
she said stop
My boss said stop texting him
he told me to stop texting him
Did you say stop?
what does STOP mean?
What happens if I text STOP
the sign says stop
Liked “Reply STOP to unsubscribe”
Loved “stop texting me”
Laughed at “STOP”
👍 to “Reply STOP to opt out”
Emphasized "Please stop texting me"
Le gustó “Responda STOP”
"Stop texting me", she wrote
I'll stop texting you
I will stop texting now
should I stop texting him?
he won't stop texting me
tell him to stop texting me
my ex won't stop texting me
did you stop texting me?
why did you stop texting me
I stopped getting your texts
you never text me
You don't text me anymore
why don't you text me
I don't text
I didn't text you
didn't you text me?
don't text and drive
don't text me until 5
Don't call me while I'm driving
don't text him
please don't forget to text me
I did not get your message
no message from you
No new messages
I have no texts
stop texting while driving
stop texting him
text me when the bus stops
do not send the invoice yet
don't tell him
take me off speaker
get me off at the next stop
Remove my stitches
please remove the old address
remove my name from the guest list
take my order
drop me a line
delete the last photo
I lost my number
I want out of my lease
count me out
let me out
I don't want any pizza
I don't want to be late
not interested in football
I have had enough coffee
no more questions
I need no more help
a wrong number of tickets
I dialed the wrong number
I gave you the wrong number
wrong number of guests
he left me alone
leave me a message
Leave the key under the mat
I accidentally unsubscribed
why was I unsubscribed?
unsubscribed by mistake, please add me back
I want to opt in
option 2
stopwatch
Stop! Hammer time
Stop, drop and roll
haha stop
stop it lol you are too funny
Unstoppable
backstop
shop
top
step
subscribe
spot
cancer
and
send
quiet
she opted out of the dental plan
you can opt out of the meal plan
unsubscribe from Netflix
I ended up at home
We are at the end stop
We made a quick stop
Can we stop for ice cream?
Could you stop at Target
the bleeding won't stop
it stopped raining
Please don't cancel
don't cancel my appointment
don't end the call
Please don't remove me
Don't unsubscribe me!
please don't delete my number
when will you stop by
he can't quit
She never stops talking
I will not quit
Don't quit
i quit drinking
They cancelled
cancel for tomorrow please
please cancel tomorrow
Can I cancel?
Need to cancel my visit at noon
cancel it
How do I cancel my appointment
end at 5?
Does it end at 5
the weekend is fine
Let me know when you stop
Stop light is out
we stopped texting
she stopped messaging me
Text me instead
please text me
I want to stop smoking
help me stop smoking
stop the bleeding
How do I stop the leak
how to stop the alarm
Can you stop the car
can you tell me where the bus stops
Is there a stop near Main?
last stop before home
please remove my car from the lot
remove the trash
delete that
forget it
I forgot the number
Is this the wrong number?
did I text the wrong number?
I'm not interested in Tuesday
enough for today
that is enough salt
I have enough
Never mind
leave it to me
leave me a voicemail
let's end it here
You should stop by
You can stop here
please stop worrying
You need to stop smoking
I do not want to reschedule
I don't want to talk about it on the phone
I don't want soup
dont need a ride
I never got the message
didn't see your message
I don't get it
Don't call, text me
Please call, I do not see texts
No, thank you
Start the car
Info please
I need help with my bill
Take me off hold
get off at 5
I get off work at 5
I want to go to dinner
turn off the lights
turn off alarm
block party at 6
spam sandwich
no spam folder entry found
I love spam
The kids said stop
"Don't stop believing"
they told me stop signs are red
Halt is a funny word
Stop-and-go traffic
pitstop
Nonstop fun!
door-to-door with one stop
endless
pretend
friend
bend
endorse
cancellation policy?
Are you open at the end of March
quitting time
parade
El carro paró
altoparlante
Salgo a las 5
when do these classes end
We don't text here
I don't usually text
You didn't text me back
I can't text now
don't text back
They don't want me to stop
STOP is a word
Stop sign on Elm is down
the stop on 5th
which stop do I get off at
My stop
Stop #12
I'm at stop 12
stop on your way
stop over tonight
Please stop over
stop and go
Stop & Shop
stop motion
stop watch
Can you stop and get milk
Did it stop raining
Has it stopped
they wouldn't stop
It never stops
I just can't stop
We couldn't stop them
let's stop there
let us stop at noon
until we stop
I'll stop by
I will stop in
He'll stop by
ok will stop by
Yes, I can stop by
we can stop
Do we stop at 5
should I stop the pump
Should I stop taking the pills?
Can I stop taking my meds
I want to stop treatment
I need to stop
When can I stop?
please stop the music
Please stop the delivery
Stop the order
please stop payment on check
don't you stop
Please never stop
do not ever stop texting
I love your texts, don't stop
dont stop sending these
Please don't stop the messages
don't stop the reminders
cancelled my flight
Please cancel my order
cancel my gym membership
cancel my delivery
Cancel tomorrow
I may cancel
Cancel or reschedule?
Can you cancel the 5pm
end of discussion
endgame
it will end
at the end
Happy ending
the weekend
quitter
He quit
She quit her job
I might quit
revoked
Do I opt in?
I opted for chicken
opt for the blue one
How do I subscribe
Please subscribe me
Resubscribe me
remove the item
Please remove one pizza
remove the onions
delete the order
take me off the 3pm
get me off work
Leave me out of the meeting
leave me a note
Please leave a message
no message
Any messages?
no texts came
I got no messages
I have no more questions
no more parking
There are no more seats
enough people
I have enough time
that's enough, thanks
I don't need anything
I don't want a refund
I don't want to cancel
I do not want the appointment
I don't want those shoes
I don't want it
I do not agree
I don't need a reminder
I didn't get a reminder
don't send it yet
Don't send the package
dont call yet
Don't call before 9
Never again
the wrong number is on my card
you have the wrong address
What number do I call
I blocked my calendar
Turn off the stove
turn it off
tired of waiting
done with class at 5
Fed up with traffic
back in 5
go away for the weekend
lose weight
I lost my phone
She said "stop calling"
they replied STOP
he texted stop to them
The form says to reply STOP
`
    .trim()
    .split('\n'),
];
