"""Well-known places and names in English: facts that help to spot them in a sentence.

Written for this project from general knowledge; open types take any other word too.
"""

from daehwa.nlu.languages.lexicon import phrases

CITIES = phrases(
    """
new york|new york city|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego
dallas|san jose|austin|jacksonville|fort worth|columbus|charlotte|san francisco|indianapolis
seattle|denver|boston|el paso|nashville|detroit|oklahoma city|portland|las vegas|memphis
louisville|baltimore|milwaukee|albuquerque|tucson|fresno|sacramento|kansas city|mesa|atlanta|omaha
colorado springs|raleigh|miami|oakland|minneapolis|tulsa|cleveland|wichita|arlington|new orleans
tampa|honolulu|anaheim|orlando|st louis|pittsburgh|cincinnati|anchorage|newark|buffalo
salt lake city|boise|richmond|spokane|rochester|london|manchester|birmingham|leeds|glasgow
liverpool|edinburgh|bristol|cardiff|belfast|sheffield|newcastle|nottingham|leicester|oxford
cambridge|york|bath|brighton|southampton|plymouth|aberdeen|dublin|cork|galway|paris|lyon|marseille
nice|toulouse|bordeaux|lille|strasbourg|nantes|berlin|munich|hamburg|frankfurt|cologne|stuttgart
dusseldorf|leipzig|dresden|madrid|barcelona|valencia|seville|bilbao|malaga|rome|milan|naples|turin
florence|venice|bologna|verona|lisbon|porto|amsterdam|rotterdam|the hague|utrecht|brussels|antwerp
bruges|zurich|geneva|basel|bern|vienna|salzburg|prague|budapest|warsaw|krakow|gdansk|athens
istanbul|ankara|copenhagen|stockholm|gothenburg|oslo|bergen|helsinki|reykjavik|moscow
saint petersburg|st petersburg|kyiv|kiev|bucharest|sofia|belgrade|zagreb|ljubljana|bratislava|riga
vilnius|tallinn|tokyo|osaka|kyoto|yokohama|nagoya|sapporo|fukuoka|kobe|hiroshima|nara|beijing
shanghai|guangzhou|shenzhen|chengdu|hong kong|macau|taipei|kaohsiung|singapore|kuala lumpur
bangkok|phuket|chiang mai|hanoi|ho chi minh city|saigon|da nang|manila|cebu|jakarta|bali|mumbai
delhi|new delhi|bangalore|bengaluru|chennai|kolkata|hyderabad|pune|karachi|lahore|islamabad|dhaka
kathmandu|colombo|dubai|abu dhabi|doha|riyadh|jeddah|tel aviv|jerusalem|beirut|amman|tehran
baghdad|kuwait city|cairo|alexandria|casablanca|marrakesh|tunis|algiers|lagos|abuja|accra|nairobi
addis ababa|kampala|johannesburg|cape town|durban|pretoria|sydney|melbourne|brisbane|perth
adelaide|canberra|hobart|darwin|gold coast|cairns|auckland|wellington|christchurch|queenstown
toronto|montreal|vancouver|calgary|ottawa|edmonton|quebec city|winnipeg|halifax|victoria
mexico city|cancun|guadalajara|monterrey|tijuana|havana|panama city|san juan|bogota|medellin|lima
cusco|quito|santiago|buenos aires|montevideo|sao paulo|rio de janeiro|brasilia|salvador|caracas
la paz|seoul|busan|incheon|daegu|daejeon|gwangju|ulsan|suwon|jeju|gyeongju|sejong|jeonju
albany|trenton|annapolis|baton rouge|bismarck|charleston|cheyenne|des moines|hartford
jefferson city|little rock|montgomery|montpelier|harrisburg|santa fe|tallahassee|topeka
chattanooga|knoxville|durham|greensboro|winston-salem|syracuse|yonkers|akron|toledo|dayton
fort wayne|grand rapids|ann arbor|lansing|green bay|st paul|saint paul|saint louis|st. louis
st. petersburg|fort lauderdale|west palm beach|hialeah|gainesville|pensacola|savannah|huntsville
shreveport|lubbock|amarillo|corpus christi|laredo|mcallen|plano|scottsdale|tempe|glendale|reno
bakersfield|riverside|long beach|irvine|santa ana|santa monica|santa barbara|santa cruz|pasadena
burbank|berkeley|palo alto|san bernardino|modesto|eugene|salem|tacoma|bellevue|boulder
fort collins|ogden|cedar rapids|davenport|sioux falls|fargo|duluth|springfield|peoria|naperville
evansville|lexington|bridgeport|stamford|new haven|providence|worcester|burlington|norfolk
virginia beach|newport news|roanoke|charlottesville|wilmington|allentown|scranton|jersey city
hoboken|inverness|dundee|swansea|coventry|exeter|norwich|ipswich|luton|wolverhampton|bradford
wakefield|huddersfield|blackpool|bolton|stockport|sunderland|middlesbrough|canterbury|portsmouth
bournemouth|cheltenham|gloucester|swindon|northampton|peterborough|milton keynes|guildford
winchester|salisbury|stirling|limerick|waterford|geelong|townsville|wollongong|dunedin|tauranga
london ontario|kitchener|saskatoon|st. john's|surat|jaipur|lucknow|kanpur|nagpur|indore|bhopal
patna|ahmedabad|kochi|coimbatore|visakhapatnam|vadodara|goa|chandigarh|guwahati|mysore
bloemfontein|port elizabeth|soweto
"""
)

COUNTRIES = phrases(
    """
afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas
bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|botswana|brazil
brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada|cape verde|chad|chile|china|colombia
comoros|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark|djibouti|dominica
dominican republic|ecuador|egypt|el salvador|england|eritrea|estonia|eswatini|ethiopia|fiji
finland|france|gabon|gambia|georgia|germany|ghana|great britain|greece|grenada|guatemala|guinea
guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|ivory coast
jamaica|japan|jordan|kazakhstan|kenya|kiribati|korea|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon
lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali
malta|mauritania|mauritius|mexico|micronesia|moldova|monaco|mongolia|montenegro|morocco|mozambique
myanmar|namibia|nauru|nepal|netherlands|the netherlands|new zealand|nicaragua|niger|nigeria
north korea|north macedonia|norway|oman|pakistan|palau|palestine|panama|papua new guinea|paraguay
peru|philippines|the philippines|poland|portugal|puerto rico|qatar|romania|russia|rwanda|samoa
san marino|saudi arabia|scotland|senegal|serbia|seychelles|sierra leone|slovakia|slovenia
solomon islands|somalia|south africa|south korea|south sudan|spain|sri lanka|sudan|suriname|sweden
switzerland|syria|taiwan|tajikistan|tanzania|thailand|timor-leste|togo|tonga|trinidad and tobago
tunisia|turkey|turkmenistan|tuvalu|uganda|ukraine|united arab emirates|uae|united kingdom|uk
united states|united states of america|usa|us|america|uruguay|uzbekistan|vanuatu|vatican city
venezuela|vietnam|wales|yemen|zambia|zimbabwe
"""
)

STATES = phrases(
    """
alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii
idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan
minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico
new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina
south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming
district of columbia|washington dc|puerto rico|guam|new south wales|victoria|queensland|tasmania
south australia|western australia|northern territory|ontario|quebec|british columbia|alberta
manitoba|saskatchewan|nova scotia|new brunswick|newfoundland|prince edward island|yukon|nunavut
kent|essex|surrey|sussex|cornwall|devon|yorkshire|lancashire|cumbria|norfolk|suffolk|bavaria
saxony|hesse|catalonia|andalusia|tuscany|lombardy|sicily|provence|brittany|normandy|maharashtra
karnataka|tamil nadu|kerala|punjab
"""
)

FIRST_NAMES = phrases(
    """
james|john|robert|michael|william|david|richard|joseph|thomas|charles|christopher|daniel|matthew
anthony|steven|paul|andrew|joshua|kenneth|kevin|brian|george|edward|ronald|timothy|jason|jeffrey
ryan|jacob|gary|nicholas|eric|jonathan|stephen|larry|justin|scott|brandon|benjamin|samuel|gregory
alexander|patrick|jack|dennis|jerry|tyler|aaron|jose|adam|nathan|henry|zachary|douglas|peter|kyle
noah|ethan|jeremy|walter|keith|christian|roger|terry|sean|gerald|carl|harold|dylan|arthur|lawrence
jordan|jesse|bryan|billy|bruce|gabriel|joe|logan|alan|juan|albert|willie|elijah|wayne|randy
vincent|mason|roy|ralph|bobby|russell|bradley|philip|eugene|liam|oliver|lucas|leo|oscar|max|tom
mike|dave|steve|chris|matt|nick|sam|ben|alex|tony|jim|bob|bill|fred|luke|owen|simon|mary|patricia
jennifer|linda|elizabeth|barbara|susan|jessica|sarah|karen|lisa|nancy|betty|sandra|margaret|ashley
kimberly|emily|donna|michelle|carol|amanda|melissa|deborah|stephanie|dorothy|rebecca|sharon|laura
cynthia|amy|kathleen|angela|shirley|brenda|emma|anna|pamela|nicole|samantha|katherine|christine
helen|debra|rachel|carolyn|janet|maria|catherine|heather|diane|olivia|julie|joyce|victoria|ruth
virginia|lauren|kelly|christina|joan|evelyn|judith|andrea|hannah|megan|cheryl|jacqueline|martha
madison|teresa|gloria|sara|janice|ann|kathryn|abigail|sophia|frances|jean|alice|judy|isabella
julia|grace|denise|amber|marilyn|danielle|beverly|charlotte|natalie|theresa|diana|brittany|kayla
alexis|lori|marie|jane|kate|lucy|chloe|zoe|mia|ella|ava|lily|molly|ellie|sophie|nora|clara|rosa
carlos|luis|miguel|pedro|pablo|diego|mohammed|muhammad|ahmed|ali|omar|fatima|aisha|wei|li|ravi|raj
priya|anil|sanjay|yuki|hiroshi|kenji|sakura|nikki|terri|jamie|robin|taylor|morgan|casey|riley|jo
will|dan|greg|ron|ken|rob|ted|ed|liz|beth|meg|sue|kim
"""
)

LAST_NAMES = phrases(
    """
smith|johnson|williams|brown|jones|garcia|miller|davis|rodriguez|martinez|hernandez|lopez|gonzalez
wilson|anderson|thomas|taylor|moore|jackson|martin|lee|perez|thompson|white|harris|sanchez|clark
ramirez|lewis|robinson|walker|young|allen|king|wright|scott|torres|nguyen|hill|flores|green|adams
nelson|baker|hall|rivera|campbell|mitchell|carter|roberts|gomez|phillips|evans|turner|diaz|parker
cruz|edwards|collins|reyes|stewart|morris|morales|murphy|cook|rogers|gutierrez|ortiz|morgan|cooper
peterson|bailey|reed|kelly|howard|ramos|kim|cox|ward|richardson|watson|brooks|chavez|wood|james
bennett|gray|mendoza|ruiz|hughes|price|alvarez|castillo|sanders|patel|myers|long|ross|foster
jimenez|powell|jenkins|perry|russell|sullivan|bell|coleman|butler|henderson|barnes|fisher|vasquez
simmons|graham|murray|ford|hamilton|wallace|hunt|shaw|khan|singh|kumar|chen|wang|li|zhang|liu|yang
huang|wu|park|choi|jung|tanaka|suzuki|sato|yamamoto|o'brien|o'connor|o'neill|mcdonald|macdonald
stone|fox|palmer|marshall|ellis|doe
"""
)

STREETS = frozenset(
    phrases(
        """
street|st|st.|avenue|ave|ave.|road|rd|rd.|boulevard|blvd|blvd.|lane|ln|drive|dr|dr.|court|ct
place|pl|square|sq|way|terrace|crescent|close|circle|parkway|pkwy|highway|hwy|alley|row|walk|mews
broadway
"""
    )
)
