"""English: trades with their things, first names, and sentences with places for things (see `french`)."""

TRADES = {
    "Field service": (
        "pump,seal,bearing,valve,belt,sensor,motor,drive,flange,cylinder,compressor,filter,chain,shaft,coupling,"
        "gearbox,cabinet,breaker,probe,pipe,gasket,manual,ticket,spare part,visit,checklist"
    ),
    "Sales engineering": (
        "quote,proposal,demo,contract,discount,forecast,lead,renewal,objection,competitor,pricing,sample,"
        "reference,meeting,pipeline,target,catalogue,deadline,approval,signature,budget,territory,partner,call"
    ),
    "Learning design": (
        "module,session,trainer,workshop,assessment,rubric,handout,learner,webinar,storyboard,quiz,badge,outcome,"
        "feedback,mentor,cohort,syllabus,exercise,scenario,recording,transcript,survey,licence,course"
    ),
    "Platform engineering": (
        "deployment,branch,test,service,queue,interface,cache,migration,log,library,token,session,error,patch,"
        "component,review,index,container,release,environment,certificate,dependency,lock,alert,script,cluster"
    ),
    "Quality": (
        "defect,batch,audit,procedure,gauge,tolerance,sample,report,deviation,supplier,drawing,inspection,"
        "certificate,record,calibration,complaint,root cause,control plan,limit,measurement,fixture,chart"
    ),
    "Supply chain": (
        "pallet,stock,order,carrier,delivery note,location,truck,label,lot,expiry,flow,gap,receipt,threshold,"
        "shortage,shipment,route,scanner,customs form,warehouse,container,forecast,slot,return"
    ),
}

STEMS = (
    "calibr,grind,weld,sort,fold,rivet,lamin,press,dos,meter,clamp,plat,heat,blast,mould,cod,filter,purg,rins,turn,"
    "treat,drain,pleat,connect,tun,prob,siev,trac,load,pack,bind,stamp,coat,etch"
)
BEFORE = ",re,un,pre,over,micro,auto,inter,cross-,sub,tele,bi"
AFTER = "er,ing,or,ation,ment,age,ure,let"

VERBS = (
    "set,replace,check,strip,prepare,plan,clean,monitor,declare,fill,export,compare,approve,isolate,document,train,"
    "organise,chase,test,measure,report,explain,order,share,fix,archive,compute,label,adapt,extend,automate,inspect"
)
ADJECTIVES = (
    "reliable,fast,rigid,fragile,stable,loose,mobile,tight,simple,useful,tedious,common,wide,thin,compliant,correct,"
    "visible,readable,dangerous,useless,easy,hard,rare,durable,clean,solid,close"
)
UNITS = "bar,mm,°C,minutes,hours,days,kg,litres,%,turns,euros,pieces,metres,amps"
FIRST = (
    "Alice,James,Priya,Oliver,Grace,Daniel,Emma,Liam,Sofia,Noah,Hannah,Lucas,Maya,Ethan,Chloe,Adam,Ruth,Peter,"
    "Nora,Samuel,Ivy,Oscar,Leila,Kevin,Julia,Martin,Tara,Simon,Wendy,Aaron"
)
LAST = (
    "Smith,Jones,Taylor,Brown,Wilson,Evans,Thomas,Johnson,Roberts,Walker,Wright,Robinson,Thompson,White,Hughes,"
    "Edwards,Green,Hall,Wood,Harris,Lewis,Martin,Jackson,Clarke,Patel,Khan,Singh,Murphy,Kelly,Okafor,Larsen,Novak"
)
JOBS = "technician,trainer,team lead,process engineer,buyer,operator,advisor,developer"
TEAMS = "North shop,South shop,Methods,Quality,Support,Operations,Sales,People,Technology"
SITES = "Leeds,Dublin,Rotterdam,Hamburg,Bristol,Glasgow,Antwerp,Porto"

TITLES = (
    "How do I {v} {le} without touching {le}?",
    "{Le} fails after {x}: what now?",
    "Can we {v} {le} with {un}?",
    "What is the difference between {le} and {le}?",
    "Where do I find {le} to {v} {le}?",
    "{Le} {r}: has anybody managed to {v} {le}?",
    "Should I {v} {le} before {le}?",
    "Trouble with {le} on {le} {r}",
    "Who knows how to {v} {le}?",
    "{Le} and {le}: in which order?",
    "How often should we {v} {le}?",
    "A gap of {x} on {le}, is that normal?",
)
TELLINGS = (
    "Lessons learnt: how to {v} {le} in {x}",
    "What {le} changed for {le}",
    "Our rules to {v} {le}",
    "{Le}: what works for us",
    "Workshop: let us {v} {le} together",
    "New guide on {le} and {le}",
)
OPENINGS = (
    "Hello everybody, I have to {v} {le} and cannot get it right.",
    "For {x} now {le} has been a problem and we already had to {v} {le}.",
    "We use {un} with {le} {r}, and {le} cannot keep up.",
    "The manual of {le} says to {v} {le}, but {le} stays stuck.",
    "I tried to {v} {le}, then to {v} {le}, to no avail.",
    "It is set to {x} today, while {le} asks for {x}.",
    "On the old line {le} was more {a} and nobody had to touch {le}.",
    "Has anybody had to {v} {un} before {le}?",
    "The {les} are recent and {le} comes from lot {r}.",
    "{p} told me to look at {le}, but I do not know how to {v} {le}.",
    "Thanks for any idea, above all if you know {le}.",
    "The supplier speaks of {le} and {le} without saying which one to {v} first.",
    "Meanwhile we decided to {v} {le} every {x}.",
)
ANSWERS = (
    "Yes, first {v} {le}: nine times out of ten it comes from {le}.",
    "With us {le} is set to {x}, never more.",
    "Careful, when {le} is {a} you had better {v} {le} first.",
    "We had the same with {le} {r} and had to {v} {le}.",
    "You can {v} {le} without stopping {le}, provided you {v} {le} afterwards.",
    "Look at the {les}: when {le} moves, {le} follows {x} later.",
    "The sheet for {le} is with the {les}, ask {p} if you cannot see it.",
    "I would not {v} {le} while it is hot; wait for {x} at least.",
    "The order matters: first {le}, then {le}, and only then {le}.",
    "To {v} {le} there is {un} that saves {x}.",
    "If it comes back, {le} does not go with {le}.",
    "We wrote a procedure to {v} {le}, you will find it next to {le}.",
    "Once {le} is in place, remember to {v} {le} and to tell the team.",
    "I prefer {un} myself, but {le} will do too.",
)
REMARKS = (
    "Thanks, it works now that we could {v} {le}.",
    "Did you think of {le}?",
    "Which version of {le} do you mean?",
    "Same here with {le} {r}.",
    "I confirm, {le} has to stay {a}.",
    "Can you say how to {v} {le}?",
    "@{p} you saw {le}, did you not?",
    "With us it is rather {x}.",
    "Good idea, I will {v} {le} tomorrow.",
    "Mind {le} all the same.",
)
