/**
 * What people call time zones: the larger cities in each, countries and provinces, in English, as their people write them,
 * in older spellings, and in Chinese. A name that stands in several zones may mean any of them. By their IANA names, the
 * present ones. Names that IANA has itself need no place here.
 */
export const CITIES: Readonly<Record<string, string>> = {
  // North America
  'Pacific/Honolulu': 'Hawaii, Hilo, USA, United States, 檀香山, 火奴鲁鲁, 夏威夷, 美国',
  'America/Anchorage': 'Alaska, Fairbanks, USA, United States, 安克雷奇, 阿拉斯加, 美国',
  'America/Los_Angeles':
    'LA, L.A., San Francisco, SF, Bay Area, Silicon Valley, San Diego, San Jose, San José, Oakland, Sacramento, Fresno, Long Beach, Bakersfield, Anaheim, Santa Barbara, Palo Alto, Berkeley, Hollywood, Seattle, Tacoma, Spokane, Bellevue, Redmond, Portland, Eugene, Salem, Las Vegas, Vegas, Reno, California, Washington State, Oregon, Nevada, USA, United States, 洛杉矶, 旧金山, 三藩市, 硅谷, 圣地亚哥, 圣迭戈, 圣何塞, 西雅图, 波特兰, 拉斯维加斯, 加州, 加利福尼亚, 美国, 美西',
  'America/Denver':
    'Colorado Springs, Aurora, Boulder, Salt Lake City, Provo, Albuquerque, Santa Fe, El Paso, Billings, Cheyenne, Colorado, Utah, New Mexico, Montana, Wyoming, USA, United States, 丹佛, 盐湖城, 科罗拉多, 犹他, 美国',
  'America/Boise': 'Idaho, 博伊西, 爱达荷',
  'America/Phoenix':
    'Tucson, Mesa, Scottsdale, Arizona, USA, United States, 菲尼克斯, 凤凰城, 亚利桑那, 美国',
  'America/Chicago':
    'Houston, Dallas, Fort Worth, San Antonio, Austin, Texas, Illinois, Minneapolis, Saint Paul, St. Paul, Minnesota, Milwaukee, Madison, Wisconsin, St. Louis, Saint Louis, Kansas City, Missouri, Kansas, Wichita, Oklahoma City, Tulsa, Oklahoma, Omaha, Nebraska, Des Moines, Iowa, New Orleans, Baton Rouge, Louisiana, Memphis, Nashville, Little Rock, Arkansas, Birmingham, Montgomery, Huntsville, Mobile, Alabama, Jackson, Mississippi, Fargo, North Dakota, South Dakota, USA, United States, 芝加哥, 休斯敦, 休斯顿, 达拉斯, 圣安东尼奥, 奥斯汀, 得州, 德州, 得克萨斯, 明尼阿波利斯, 圣路易斯, 堪萨斯城, 新奥尔良, 孟菲斯, 纳什维尔, 伯明翰, 伊利诺伊, 美国',
  'America/Indiana/Indianapolis': 'Indianapolis, Indiana, Fort Wayne, 印第安纳波利斯, 印第安纳',
  'America/Detroit': 'Michigan, Ann Arbor, Grand Rapids, 底特律, 密歇根',
  'America/New_York':
    'NYC, NY, New York City, Manhattan, Brooklyn, Buffalo, Rochester, Albany, Boston, Cambridge, Massachusetts, Philadelphia, Pittsburgh, Pennsylvania, Washington, Washington DC, Washington D.C., DC, Baltimore, Maryland, Newark, Jersey City, New Jersey, Princeton, Hartford, New Haven, Connecticut, Providence, Rhode Island, New Hampshire, Vermont, Maine, Delaware, Virginia, Richmond, West Virginia, Charlotte, Raleigh, Durham, North Carolina, Charleston, South Carolina, Columbia, Atlanta, Savannah, Georgia, Miami, Orlando, Tampa, Jacksonville, Fort Lauderdale, Florida, Cleveland, Columbus, Cincinnati, Ohio, Knoxville, USA, United States, 纽约, 曼哈顿, 波士顿, 费城, 匹兹堡, 华盛顿, 华盛顿特区, 巴尔的摩, 亚特兰大, 迈阿密, 奥兰多, 坦帕, 夏洛特, 克利夫兰, 新泽西, 马萨诸塞, 麻省, 宾夕法尼亚, 佛罗里达, 美国, 美东',
  'America/Kentucky/Louisville': 'Louisville, Kentucky, Lexington, 路易斯维尔, 肯塔基',
  'America/Vancouver': 'Victoria, Burnaby, British Columbia, Canada, 温哥华, 维多利亚, 加拿大',
  'America/Edmonton': 'Calgary, Red Deer, Alberta, Canada, 卡尔加里, 卡加利, 埃德蒙顿, 加拿大',
  'America/Regina': 'Saskatoon, Saskatchewan, Canada, 里贾纳, 萨斯卡通, 加拿大',
  'America/Winnipeg': 'Manitoba, Canada, 温尼伯, 加拿大',
  'America/Toronto':
    'Montreal, Montréal, Ottawa, Quebec, Québec, Quebec City, Mississauga, Brampton, Hamilton, Waterloo, Ontario, Canada, 多伦多, 蒙特利尔, 满地可, 渥太华, 魁北克, 安大略, 加拿大',
  'America/Halifax': 'Nova Scotia, Canada, 哈利法克斯, 加拿大',
  'America/St_Johns': "St. John's, Saint John's, Newfoundland, Canada, 圣约翰斯, 加拿大",
  'America/Nuuk': 'Nuuk, Greenland, Godthab, 努克, 格陵兰',
  // Middle and South America
  'America/Tijuana': 'Mexicali, Mexico, 蒂华纳, 墨西哥',
  'America/Hermosillo': 'Sonora, 埃莫西约',
  'America/Mexico_City':
    'CDMX, Ciudad de México, Guadalajara, Puebla, León, Querétaro, Toluca, Mexico, México, 墨西哥城, 瓜达拉哈拉, 墨西哥',
  'America/Monterrey': 'Saltillo, Nuevo León, 蒙特雷',
  'America/Cancun': 'Cancún, Tulum, Playa del Carmen, Quintana Roo, Mexico, 坎昆, 墨西哥',
  'America/Guatemala': 'Guatemala City, 危地马拉',
  'America/El_Salvador': 'San Salvador, 萨尔瓦多, 圣萨尔瓦多',
  'America/Tegucigalpa': 'Honduras, San Pedro Sula, 特古西加尔巴, 洪都拉斯',
  'America/Managua': 'Nicaragua, 马那瓜, 尼加拉瓜',
  'America/Costa_Rica': 'San José, San Jose, 哥斯达黎加, 圣何塞',
  'America/Panama': 'Panama City, 巴拿马',
  'America/Havana': 'Cuba, Habana, La Habana, 哈瓦那, 古巴',
  'America/Jamaica': 'Kingston, 牙买加, 金斯敦',
  'America/Port-au-Prince': 'Haiti, 太子港, 海地',
  'America/Santo_Domingo': 'Dominican Republic, 圣多明各, 多米尼加',
  'America/Puerto_Rico': 'San Juan, 波多黎各, 圣胡安',
  'America/Port_of_Spain': 'Trinidad, Trinidad and Tobago, 西班牙港, 特立尼达',
  'America/Nassau': 'Bahamas, 拿骚, 巴哈马',
  'America/Bogota':
    'Bogotá, Medellín, Medellin, Cali, Barranquilla, Cartagena, Colombia, 波哥大, 麦德林, 哥伦比亚',
  'America/Guayaquil': 'Quito, Cuenca, Ecuador, 基多, 瓜亚基尔, 厄瓜多尔',
  'America/Lima': 'Peru, Perú, Arequipa, Cusco, Trujillo, 利马, 秘鲁',
  'America/Caracas': 'Venezuela, Maracaibo, 加拉加斯, 委内瑞拉',
  'America/La_Paz': 'Bolivia, Santa Cruz, Cochabamba, 拉巴斯, 玻利维亚',
  'America/Guyana': 'Georgetown, 圭亚那',
  'America/Asuncion': 'Asunción, Paraguay, 亚松森, 巴拉圭',
  'America/Santiago': 'Chile, Valparaíso, Valparaiso, Santiago de Chile, Concepción, 圣地亚哥, 智利',
  'America/Argentina/Buenos_Aires':
    'Buenos Aires, CABA, Rosario, La Plata, Mar del Plata, Argentina, 布宜诺斯艾利斯, 阿根廷',
  'America/Argentina/Cordoba': 'Cordoba, Córdoba, 科尔多瓦',
  'America/Argentina/Mendoza': 'Mendoza, 门多萨',
  'America/Montevideo': 'Uruguay, Punta del Este, 蒙得维的亚, 乌拉圭',
  'America/Manaus': 'Amazonas, Brazil, Brasil, 马瑙斯, 巴西',
  'America/Sao_Paulo':
    'São Paulo, Rio, Rio de Janeiro, Brasília, Brasilia, Belo Horizonte, Curitiba, Porto Alegre, Campinas, Florianópolis, Florianopolis, Santos, Goiânia, Goiania, Brazil, Brasil, 圣保罗, 里约, 里约热内卢, 巴西利亚, 巴西',
  'America/Bahia': 'Salvador, Brazil, Brasil, 萨尔瓦多, 巴西',
  'America/Fortaleza': 'Ceará, Natal, São Luís, 福塔莱萨',
  // Europe
  'Atlantic/Reykjavik': 'Iceland, Reykjavík, 雷克雅未克, 冰岛',
  'Europe/London':
    'UK, U.K., United Kingdom, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Manchester, Birmingham, Liverpool, Leeds, Sheffield, Bristol, Newcastle, Nottingham, Leicester, Oxford, Cambridge, Brighton, Southampton, Edinburgh, Glasgow, Aberdeen, Cardiff, Belfast, GB, 伦敦, 曼彻斯特, 伯明翰, 利物浦, 利兹, 牛津, 剑桥, 爱丁堡, 格拉斯哥, 贝尔法斯特, 英国, 英格兰, 苏格兰',
  'Europe/Dublin': 'Ireland, Cork, Galway, Éire, Eire, 都柏林, 爱尔兰',
  'Europe/Lisbon': 'Lisboa, Porto, Oporto, Braga, Faro, Portugal, 里斯本, 波尔图, 葡萄牙',
  'Atlantic/Azores': 'Ponta Delgada, Açores, 亚速尔',
  'Atlantic/Madeira': 'Funchal, 马德拉',
  'Atlantic/Canary': 'Las Palmas, Tenerife, Gran Canaria, Canary Islands, Canarias, 加那利',
  'Europe/Madrid':
    'Barcelona, Valencia, Sevilla, Seville, Zaragoza, Málaga, Malaga, Bilbao, Granada, Cordoba, Córdoba, Palma, Mallorca, Majorca, Ibiza, Alicante, Spain, España, 马德里, 巴塞罗那, 瓦伦西亚, 塞维利亚, 西班牙',
  'Europe/Andorra': 'Andorra la Vella, 安道尔',
  'Europe/Paris':
    'Marseille, Marseilles, Lyon, Lyons, Toulouse, Nice, Nantes, Strasbourg, Montpellier, Bordeaux, Lille, Rennes, Cannes, Grenoble, France, 巴黎, 马赛, 里昂, 尼斯, 图卢兹, 波尔多, 法国',
  'Europe/Monaco': 'Monte Carlo, Monte-Carlo, 摩纳哥',
  'Europe/Brussels':
    'Bruxelles, Brussel, Antwerp, Antwerpen, Ghent, Gent, Bruges, Brugge, Liège, Liege, Leuven, Belgium, België, Belgique, 布鲁塞尔, 安特卫普, 比利时',
  'Europe/Luxembourg': 'Luxemburg, 卢森堡',
  'Europe/Amsterdam':
    'Rotterdam, The Hague, Den Haag, Utrecht, Eindhoven, Groningen, Netherlands, The Netherlands, Nederland, Holland, 阿姆斯特丹, 鹿特丹, 海牙, 荷兰',
  'Europe/Berlin':
    'Hamburg, Munich, München, Muenchen, Cologne, Köln, Koeln, Frankfurt, Frankfurt am Main, Stuttgart, Düsseldorf, Duesseldorf, Dortmund, Essen, Leipzig, Bremen, Dresden, Hanover, Hannover, Nuremberg, Nürnberg, Bonn, Mannheim, Karlsruhe, Freiburg, Heidelberg, Kiel, Germany, Deutschland, 柏林, 汉堡, 慕尼黑, 科隆, 法兰克福, 斯图加特, 杜塞尔多夫, 莱比锡, 德国',
  'Europe/Zurich':
    'Zürich, Geneva, Genève, Geneve, Genf, Basel, Bern, Berne, Lausanne, Lugano, Zug, Lucerne, Luzern, Davos, St. Gallen, Switzerland, Schweiz, Suisse, 苏黎世, 日内瓦, 巴塞尔, 伯尔尼, 洛桑, 瑞士',
  'Europe/Vaduz': 'Liechtenstein, 列支敦士登',
  'Europe/Vienna': 'Wien, Graz, Linz, Salzburg, Innsbruck, Austria, Österreich, 维也纳, 萨尔茨堡, 奥地利',
  'Europe/Rome':
    'Roma, Milan, Milano, Naples, Napoli, Turin, Torino, Palermo, Genoa, Genova, Bologna, Florence, Firenze, Venice, Venezia, Verona, Bari, Catania, Pisa, Trieste, Italy, Italia, 罗马, 米兰, 那不勒斯, 都灵, 佛罗伦萨, 威尼斯, 意大利',
  'Europe/Malta': 'Valletta, 马耳他',
  'Europe/Copenhagen': 'København, Kobenhavn, Aarhus, Odense, Denmark, Danmark, 哥本哈根, 丹麦',
  'Europe/Oslo': 'Bergen, Trondheim, Stavanger, Norway, Norge, 奥斯陆, 卑尔根, 挪威',
  'Europe/Stockholm':
    'Gothenburg, Göteborg, Goteborg, Malmö, Malmo, Uppsala, Sweden, Sverige, 斯德哥尔摩, 哥德堡, 瑞典',
  'Europe/Helsinki': 'Espoo, Tampere, Turku, Oulu, Finland, Suomi, 赫尔辛基, 芬兰',
  'Europe/Tallinn': 'Tartu, Estonia, Eesti, 塔林, 爱沙尼亚',
  'Europe/Riga': 'Latvia, Latvija, 里加, 拉脱维亚',
  'Europe/Vilnius': 'Kaunas, Lithuania, Lietuva, 维尔纽斯, 立陶宛',
  'Europe/Warsaw':
    'Warszawa, Kraków, Krakow, Cracow, Łódź, Lodz, Wrocław, Wroclaw, Poznań, Poznan, Gdańsk, Gdansk, Katowice, Poland, Polska, 华沙, 克拉科夫, 波兰',
  'Europe/Prague': 'Praha, Brno, Ostrava, Czechia, Czech Republic, Česko, 布拉格, 捷克',
  'Europe/Bratislava': 'Slovakia, Slovensko, Košice, Kosice, 布拉迪斯拉发, 斯洛伐克',
  'Europe/Budapest': 'Debrecen, Hungary, Magyarország, 布达佩斯, 匈牙利',
  'Europe/Ljubljana': 'Slovenia, Slovenija, Maribor, 卢布尔雅那, 斯洛文尼亚',
  'Europe/Zagreb': 'Croatia, Hrvatska, Split, Dubrovnik, Rijeka, 萨格勒布, 克罗地亚',
  'Europe/Sarajevo': 'Bosnia, Bosnia and Herzegovina, 萨拉热窝, 波黑',
  'Europe/Belgrade': 'Beograd, Novi Sad, Serbia, Srbija, 贝尔格莱德, 塞尔维亚, Kosovo, Pristina',
  'Europe/Podgorica': 'Montenegro, 波德戈里察, 黑山',
  'Europe/Skopje': 'North Macedonia, Macedonia, 斯科普里, 北马其顿',
  'Europe/Tirane': 'Tirana, Tiranë, Albania, 地拉那, 阿尔巴尼亚',
  'Europe/Athens': 'Athina, Thessaloniki, Salonica, Patras, Crete, Heraklion, Greece, Hellas, 雅典, 希腊',
  'Asia/Nicosia': 'Cyprus, Limassol, Larnaca, 尼科西亚, 塞浦路斯',
  'Europe/Sofia': 'Plovdiv, Varna, Bulgaria, 索非亚, 保加利亚',
  'Europe/Bucharest':
    'București, Bucuresti, Cluj, Cluj-Napoca, Timișoara, Timisoara, Iași, Iasi, Romania, România, 布加勒斯特, 罗马尼亚',
  'Europe/Chisinau': 'Chișinău, Kishinev, Moldova, 基希讷乌, 摩尔多瓦',
  'Europe/Kyiv':
    'Kyiv, Kiev, Київ, Kharkiv, Kharkov, Odesa, Odessa, Dnipro, Lviv, Lvov, Zaporizhzhia, Ukraine, 基辅, 哈尔科夫, 敖德萨, 利沃夫, 乌克兰',
  'Europe/Minsk': 'Belarus, 明斯克, 白俄罗斯',
  'Europe/Istanbul':
    'Ankara, İzmir, Izmir, Bursa, Antalya, Turkey, Türkiye, Turkiye, Constantinople, 伊斯坦布尔, 安卡拉, 土耳其',
  // Russia
  'Europe/Kaliningrad': 'Königsberg, 加里宁格勒',
  'Europe/Moscow':
    'Moskva, Москва, Saint Petersburg, St. Petersburg, St Petersburg, Petersburg, Санкт-Петербург, Nizhny Novgorod, Kazan, Rostov, Rostov-on-Don, Voronezh, Sochi, Krasnodar, Murmansk, Russia, 莫斯科, 圣彼得堡, 喀山, 俄罗斯',
  'Asia/Yekaterinburg': 'Ekaterinburg, Chelyabinsk, Ufa, Perm, Tyumen, Russia, 叶卡捷琳堡, 俄罗斯',
  'Asia/Omsk': '鄂木斯克',
  'Asia/Novosibirsk': 'Russia, 新西伯利亚, 俄罗斯',
  'Asia/Krasnoyarsk': '克拉斯诺亚尔斯克',
  'Asia/Irkutsk': 'Ulan-Ude, 伊尔库茨克',
  'Asia/Vladivostok': 'Khabarovsk, Russia, 符拉迪沃斯托克, 海参崴, 哈巴罗夫斯克, 俄罗斯',
  // Africa
  'Africa/Casablanca':
    'Rabat, Marrakech, Marrakesh, Fez, Tangier, Agadir, Morocco, Maroc, 卡萨布兰卡, 拉巴特, 马拉喀什, 摩洛哥',
  'Africa/Algiers': 'Oran, Algeria, Algérie, 阿尔及尔, 阿尔及利亚',
  'Africa/Tunis': 'Tunisia, Tunisie, 突尼斯',
  'Africa/Tripoli': 'Libya, Benghazi, 的黎波里, 利比亚',
  'Africa/Cairo': 'Alexandria, Giza, Luxor, Egypt, 开罗, 亚历山大, 埃及',
  'Africa/Khartoum': 'Sudan, Omdurman, 喀土穆, 苏丹',
  'Africa/Juba': 'South Sudan, 朱巴, 南苏丹',
  'Africa/Dakar': 'Senegal, Sénégal, 达喀尔, 塞内加尔',
  'Africa/Bamako': 'Mali, 巴马科, 马里',
  'Africa/Abidjan': "Ivory Coast, Côte d'Ivoire, Cote d'Ivoire, 阿比让, 科特迪瓦",
  'Africa/Accra': 'Kumasi, Ghana, 阿克拉, 加纳',
  'Africa/Lagos': 'Abuja, Kano, Ibadan, Port Harcourt, Nigeria, 拉各斯, 阿布贾, 尼日利亚',
  'Africa/Douala': 'Yaoundé, Yaounde, Cameroon, 杜阿拉, 雅温得, 喀麦隆',
  'Africa/Kinshasa': 'DR Congo, DRC, Congo, 金沙萨, 刚果',
  'Africa/Luanda': 'Angola, 罗安达, 安哥拉',
  'Africa/Addis_Ababa': 'Ethiopia, 亚的斯亚贝巴, 埃塞俄比亚',
  'Africa/Asmara': 'Asmara, Asmera, Eritrea, 阿斯马拉, 厄立特里亚',
  'Africa/Mogadishu': 'Somalia, 摩加迪沙, 索马里',
  'Africa/Nairobi': 'Mombasa, Kenya, 内罗毕, 蒙巴萨, 肯尼亚',
  'Africa/Kampala': 'Uganda, 坎帕拉, 乌干达',
  'Africa/Dar_es_Salaam': 'Tanzania, Zanzibar, Dodoma, Arusha, 达累斯萨拉姆, 坦桑尼亚',
  'Africa/Kigali': 'Rwanda, 基加利, 卢旺达',
  'Africa/Lusaka': 'Zambia, 卢萨卡, 赞比亚',
  'Africa/Harare': 'Zimbabwe, Bulawayo, 哈拉雷, 津巴布韦',
  'Africa/Maputo': 'Mozambique, 马普托, 莫桑比克',
  'Africa/Gaborone': 'Botswana, 哈博罗内, 博茨瓦纳',
  'Africa/Windhoek': 'Namibia, 温得和克, 纳米比亚',
  'Africa/Johannesburg':
    'Joburg, Jozi, Cape Town, Durban, Pretoria, Port Elizabeth, Gqeberha, Bloemfontein, Soweto, South Africa, 约翰内斯堡, 开普敦, 德班, 比勒陀利亚, 南非',
  'Indian/Antananarivo': 'Madagascar, 塔那那利佛, 马达加斯加',
  'Indian/Mauritius': 'Port Louis, 毛里求斯',
  'Indian/Mahe': 'Seychelles, 塞舌尔',
  // West and Central Asia
  'Asia/Jerusalem': 'Tel Aviv, Tel-Aviv, Haifa, Beersheba, Israel, 耶路撒冷, 特拉维夫, 以色列',
  'Asia/Gaza': 'Palestine, 加沙, 巴勒斯坦',
  'Asia/Beirut': 'Lebanon, 贝鲁特, 黎巴嫩',
  'Asia/Damascus': 'Aleppo, Syria, 大马士革, 叙利亚',
  'Asia/Amman': 'Jordan, 安曼, 约旦',
  'Asia/Baghdad': 'Basra, Mosul, Erbil, Iraq, 巴格达, 伊拉克',
  'Asia/Riyadh':
    'Jeddah, Jiddah, Mecca, Makkah, Medina, Dammam, NEOM, Saudi Arabia, KSA, 利雅得, 吉达, 麦加, 沙特, 沙特阿拉伯',
  'Asia/Kuwait': 'Kuwait City, 科威特',
  'Asia/Bahrain': 'Manama, 巴林',
  'Asia/Qatar': 'Doha, 多哈, 卡塔尔',
  'Asia/Dubai': 'Abu Dhabi, Sharjah, UAE, U.A.E., United Arab Emirates, Emirates, 迪拜, 阿布扎比, 阿联酋',
  'Asia/Muscat': 'Oman, 马斯喀特, 阿曼',
  'Asia/Aden': "Yemen, Sanaa, Sana'a, 亚丁, 萨那, 也门",
  'Asia/Tehran': 'Teheran, Isfahan, Mashhad, Shiraz, Tabriz, Iran, 德黑兰, 伊朗',
  'Asia/Tbilisi': 'Tiflis, Batumi, Georgia, 第比利斯, 格鲁吉亚',
  'Asia/Yerevan': 'Armenia, 埃里温, 亚美尼亚',
  'Asia/Baku': 'Azerbaijan, 巴库, 阿塞拜疆',
  'Asia/Almaty': 'Alma-Ata, Astana, Nur-Sultan, Shymkent, Kazakhstan, 阿拉木图, 阿斯塔纳, 哈萨克斯坦',
  'Asia/Tashkent': 'Uzbekistan, 塔什干, 乌兹别克斯坦',
  'Asia/Bishkek': 'Frunze, Kyrgyzstan, 比什凯克, 吉尔吉斯斯坦',
  'Asia/Dushanbe': 'Tajikistan, 杜尚别, 塔吉克斯坦',
  'Asia/Ashgabat': 'Turkmenistan, 阿什哈巴德, 土库曼斯坦',
  'Asia/Kabul': 'Afghanistan, Kandahar, Herat, 喀布尔, 阿富汗',
  // South Asia
  'Asia/Karachi':
    'Lahore, Islamabad, Rawalpindi, Faisalabad, Peshawar, Multan, Pakistan, 卡拉奇, 拉合尔, 伊斯兰堡, 巴基斯坦',
  'Asia/Kolkata':
    'Kolkata, Calcutta, Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Hyderabad, Chennai, Madras, Pune, Poona, Ahmedabad, Surat, Jaipur, Lucknow, Kanpur, Nagpur, Indore, Bhopal, Patna, Kochi, Cochin, Goa, Panaji, Thiruvananthapuram, Trivandrum, Visakhapatnam, Varanasi, Amritsar, Chandigarh, Gurgaon, Gurugram, Noida, Coimbatore, Mysore, Mysuru, Guwahati, India, Bharat, 加尔各答, 孟买, 德里, 新德里, 班加罗尔, 海得拉巴, 金奈, 印度',
  'Asia/Kathmandu': 'Kathmandu, Katmandu, Pokhara, Nepal, 加德满都, 尼泊尔',
  'Asia/Dhaka': 'Dacca, Chittagong, Chattogram, Bangladesh, 达卡, 吉大港, 孟加拉, 孟加拉国',
  'Asia/Thimphu': 'Bhutan, 廷布, 不丹',
  'Asia/Colombo': 'Sri Lanka, Kandy, Ceylon, 科伦坡, 斯里兰卡',
  'Indian/Maldives': 'Malé, Male, 马累, 马尔代夫',
  // East and South-East Asia
  'Asia/Yangon': 'Yangon, Rangoon, Mandalay, Naypyidaw, Myanmar, Burma, 仰光, 曼德勒, 缅甸',
  'Asia/Bangkok': 'Krung Thep, Chiang Mai, Phuket, Pattaya, Thailand, 曼谷, 清迈, 普吉, 泰国',
  'Asia/Vientiane': 'Laos, Luang Prabang, 万象, 老挝',
  'Asia/Phnom_Penh': 'Cambodia, Siem Reap, 金边, 柬埔寨',
  'Asia/Ho_Chi_Minh':
    'Ho Chi Minh, Ho Chi Minh City, HCMC, Saigon, Hanoi, Hà Nội, Da Nang, Danang, Đà Nẵng, Hai Phong, Hue, Can Tho, Vietnam, Viet Nam, Việt Nam, 胡志明市, 胡志明, 西贡, 河内, 岘港, 越南',
  'Asia/Kuala_Lumpur':
    'KL, Penang, George Town, Johor Bahru, Ipoh, Malacca, Melaka, Malaysia, 吉隆坡, 槟城, 新山, 马六甲, 马来西亚',
  'Asia/Singapore': '新加坡',
  'Asia/Jakarta':
    'Batavia, Surabaya, Bandung, Medan, Semarang, Yogyakarta, Palembang, Java, Sumatra, Indonesia, 雅加达, 泗水, 万隆, 印尼, 印度尼西亚',
  'Asia/Makassar': 'Bali, Denpasar, Ujung Pandang, Ubud, Lombok, Indonesia, 巴厘岛, 印尼, 印度尼西亚',
  'Asia/Jayapura': 'Papua, Ambon, Indonesia, 印尼, 印度尼西亚',
  'Asia/Brunei': 'Bandar Seri Begawan, 文莱',
  'Asia/Dili': 'Timor-Leste, East Timor, 帝力, 东帝汶',
  'Asia/Manila': 'Quezon City, Cebu, Davao, Makati, Baguio, Philippines, Pilipinas, 马尼拉, 宿务, 菲律宾',
  'Asia/Hong_Kong': 'HK, Hongkong, Kowloon, 香港, 九龙',
  'Asia/Macau': 'Macao, 澳门',
  'Asia/Taipei':
    'Kaohsiung, Taichung, Tainan, Hsinchu, Taiwan, 台北, 臺北, 高雄, 台中, 台南, 新竹, 台湾, 臺灣',
  'Asia/Shanghai':
    'Beijing, Peking, Shenzhen, Guangzhou, Canton, Chengdu, Chongqing, Tianjin, Wuhan, Xi’an, Xian, Hangzhou, Nanjing, Nanking, Suzhou, Wuxi, Ningbo, Qingdao, Tsingtao, Jinan, Dalian, Shenyang, Harbin, Changchun, Xiamen, Amoy, Fuzhou, Changsha, Zhengzhou, Hefei, Kunming, Guiyang, Nanning, Nanchang, Taiyuan, Shijiazhuang, Lanzhou, Dongguan, Foshan, Zhuhai, Wenzhou, Haikou, Sanya, Hainan, Guangdong, Sichuan, Lhasa, Tibet, Hohhot, China, PR China, Mainland China, 北京, 上海, 深圳, 广州, 成都, 重庆, 天津, 武汉, 西安, 杭州, 南京, 苏州, 无锡, 宁波, 青岛, 济南, 大连, 沈阳, 哈尔滨, 长春, 厦门, 福州, 长沙, 郑州, 合肥, 昆明, 贵阳, 南宁, 南昌, 太原, 石家庄, 兰州, 东莞, 佛山, 珠海, 温州, 海口, 三亚, 海南, 广东, 四川, 浙江, 江苏, 拉萨, 西藏, 呼和浩特, 内蒙古, 银川, 西宁, 中国, 中国大陆',
  'Asia/Urumqi': 'Ürümqi, Urumchi, Xinjiang, Kashgar, 乌鲁木齐, 新疆, 喀什',
  'Asia/Ulaanbaatar': 'Ulan Bator, Mongolia, 乌兰巴托, 蒙古',
  'Asia/Pyongyang': 'North Korea, DPRK, 平壤, 朝鲜',
  'Asia/Seoul':
    'Busan, Pusan, Incheon, Daegu, Daejeon, Gwangju, Jeju, Korea, South Korea, 서울, 부산, 한국, 首尔, 汉城, 釜山, 仁川, 济州, 韩国',
  'Asia/Tokyo':
    'Osaka, Kyoto, Yokohama, Nagoya, Kobe, Sapporo, Fukuoka, Hiroshima, Sendai, Nara, Kawasaki, Saitama, Chiba, Nagasaki, Okinawa, Naha, Japan, Nippon, 東京, 日本, 大阪, 京都, 东京, 横滨, 名古屋, 神户, 札幌, 福冈, 广岛, 奈良, 冲绳',
  // Australia and the Pacific
  'Australia/Perth': 'Fremantle, Western Australia, Australia, 珀斯, 澳大利亚, 澳洲',
  'Australia/Adelaide': 'South Australia, Australia, 阿德莱德, 澳大利亚, 澳洲',
  'Australia/Darwin': 'Northern Territory, Alice Springs, Australia, 达尔文, 澳大利亚, 澳洲',
  'Australia/Brisbane':
    'Gold Coast, Cairns, Townsville, Queensland, Australia, 布里斯班, 黄金海岸, 凯恩斯, 昆士兰, 澳大利亚, 澳洲',
  'Australia/Sydney':
    'Canberra, Newcastle, Wollongong, NSW, New South Wales, Australia, 悉尼, 堪培拉, 澳大利亚, 澳洲',
  'Australia/Melbourne': 'Geelong, Victoria, 墨尔本',
  'Australia/Hobart': 'Tasmania, 霍巴特',
  'Pacific/Auckland':
    'Wellington, Christchurch, Hamilton, Dunedin, Queenstown, New Zealand, NZ, Aotearoa, 奥克兰, 惠灵顿, 基督城, 新西兰',
  'Pacific/Port_Moresby': 'Papua New Guinea, 莫尔兹比港, 巴布亚新几内亚',
  'Pacific/Guam': '关岛',
  'Pacific/Fiji': 'Suva, Nadi, 斐济',
  'Pacific/Noumea': 'Nouméa, New Caledonia, 努美阿',
  'Pacific/Tahiti': 'Papeete, French Polynesia, 大溪地, 塔希提',
  'Pacific/Apia': 'Samoa, 萨摩亚',
  'Pacific/Tongatapu': 'Tonga, 汤加',
};

/** Zones that `Intl` still calls by another name. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);
