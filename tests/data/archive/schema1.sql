-- An archive as the first schema wrote it: frozen, to show that every later program finds all of it. Not to be edited.
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1684631660;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE stories (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,          -- of the revision that is shown
    address TEXT,                  -- as its raw text gave it, before any cleaning
    added TEXT NOT NULL,
    words INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL, title_made INTEGER NOT NULL, published TEXT, place TEXT, outlet TEXT, agency TEXT,
    byline TEXT, standfirst TEXT, url TEXT,
    event TEXT, storyline TEXT, why TEXT, nearest TEXT, likeness REAL, copy_of TEXT
);
CREATE INDEX stories_event ON stories (event);
CREATE TABLE passages (n INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE revisions (
    r INTEGER PRIMARY KEY,
    story TEXT NOT NULL,
    digest TEXT NOT NULL,
    added TEXT NOT NULL,
    packed BLOB NOT NULL,          -- the Raw, zlib over JSON
    UNIQUE (story, digest)
);
CREATE INDEX revisions_digest ON revisions (digest);
CREATE TABLE names (
    name TEXT PRIMARY KEY,         -- "at SOURCE" or "id STORYID": what else a story is known by
    story TEXT NOT NULL,
    digest TEXT NOT NULL           -- of the text last seen there
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 2");
INSERT INTO stories (n, id, digest, address, added, words, title, title_made, published, place, outlet, agency, byline, standfirst, url, event, storyline, why, nearest, likeness, copy_of) VALUES (1, '887ccd2101b57073', '34b02fc059c34733', NULL, '2031-05-07T08:00:00', 57, 'Harbour talks end in Tellmark with a date for more', 0, '2031-05-03', 'Tellmark', NULL, 'Lann Courier', NULL, NULL, NULL, 'e-887ccd2101b57073', 's-887ccd2101b57073', 'with "Vardania and Orlesia agree to meet again on harbour dues" (0.29): both name Ilse, Orlesia, Tellmark, Vardanian; both cite 12 May; both count nine hours', 'dc5900fa46060a3a', 0.2876, NULL);
INSERT INTO stories (n, id, digest, address, added, words, title, title_made, published, place, outlet, agency, byline, standfirst, url, event, storyline, why, nearest, likeness, copy_of) VALUES (2, 'dc5900fa46060a3a', 'eeea072e6e551cf6', NULL, '2031-05-07T08:00:00', 46, 'Vardania and Orlesia agree to meet again on harbour dues', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e-887ccd2101b57073', 's-887ccd2101b57073', 'with "Harbour talks end in Tellmark with a date for more" (0.29): both name Ilse, Orlesia, Tellmark, Vardanian; both cite 12 May; both count nine hours', '887ccd2101b57073', 0.2876, NULL);
INSERT INTO stories (n, id, digest, address, added, words, title, title_made, published, place, outlet, agency, byline, standfirst, url, event, storyline, why, nearest, likeness, copy_of) VALUES (3, '4c5e6e096f71a3a4', 'f3097d062dd9844c', NULL, '2031-05-07T08:00:00', 44, 'Kessian parliament ratifies the grain treaty', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e-4c5e6e096f71a3a4', 's-4c5e6e096f71a3a4', 'alone: nearest is "Morvenia expels two attachés" (0.06), and no date says that they belong together', NULL, 0.0, NULL);
INSERT INTO stories (n, id, digest, address, added, words, title, title_made, published, place, outlet, agency, byline, standfirst, url, event, storyline, why, nearest, likeness, copy_of) VALUES (4, 'ad6e4d35156a20a1', 'd98b9fac3f18f937', NULL, '2031-05-07T08:00:00', 35, 'Morvenia expels two attachés', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'e-ad6e4d35156a20a1', 's-ad6e4d35156a20a1', 'alone: nearest is "Kessian parliament ratifies the grain treaty" (0.06), and no date says that they belong together', NULL, 0.0, NULL);
INSERT INTO passages (n, packed) VALUES (1, x'789c5d51db4e023114fc95c93e69b212812f305ea2116262883e101e0ef42cdbd06df1b40bee1b1fa23fc797780a68224f9d3667e6cc74a6d3e291641e5a4122b78a606f603d26ec5c43b2c2d6a61a04438951054113848b128591b05eb3c930d9e4b89895981693fbd1687cf3fa5c62883175185c0ffbb81891f7b8d51d96e5125767f42cedac3f29dcb1e3a5be4454121abc9118f29640eaeb451c47c58eab845433166d4ca189a8431bf99feda0b8e568d4035589055e37e4398908d529ab0e6595faf40146093d3c04491d626dd7aa4b1bc69cd9634b3659bf446853b48611ad5ff0819d59d8b230846c64d3cb99e6c174f93c66daefbedef928464b613648010d73d22b595fee77df07a9dfb05e5bd884aec493d35813121fb6a5729c81f05afdb1fc99ff68a9eb61a2c8f367828436171811553df7d51fe422ce4ccd7e00775dab8d');
INSERT INTO passages (n, packed) VALUES (2, x'789c758fb16ec3300c447fe5e0d908d07e44810e4517a34b908189685b88441a121dc37f5f2a6d8704e8240ac77bc73b1ebb2f2a81241248023e4be2dae6a930c31499d9fc4751a08299ca59d782b072ed7a74a1e8b27068a3454bdc9d7afc43dc624a4fb497577cd0de522a9bbb61333f44800c03a794a95cfbbbfa8716b0dc74c77baa8c818ae8864a3134ece0cee05c1a8d0b248a439d58a1238cd2f58e6db0cb5a4d736d6ae503deb4d88e3ac7c5370a63a3685126e86a358687eb0eadf159c3dede9fd283abbf5d0581134f64d1af493c9a97370f315c3467167bb29fbe01f1928755');
INSERT INTO passages (n, packed) VALUES (3, x'789c658fd14ac4400c457fe5d2e76551103f4144115f041fca3ea44eba0d3b9d944cb6cbfcbd33db1544df12b8f7e4a4efbb57ce592861218b4233278791cb289ce113e36824096e4c5eba1dba60ba2c1cdae8e291bbc30e7df75193bf083a62e3feb0c23f162ee213ded4564e35a7099f1c12e7400543c1e33d56f5e6a078b8dba31db815a38cbeb9b9c6985bb52d262b1bdef309a3e98c97732cfb663968b88a6fa24f64335b866ca573fdc5b0528c5c3051c010f5eb74d31d4cc291418ee71aa88d510d7e5154c72b61b1a6e87fce1cbe010e027573');
INSERT INTO passages (n, packed) VALUES (4, x'789c5d8fb16dc34010045b593026588601c370a64c5070d42fc987a9ffc7dd591233156217e03adc892a315f326043d16d703bbbbbdd36af598f4c51c073e16cf05386b8cb7efafeb2a645133497c250a5479fd9ec5a3cda66869bd15502ffecc8037c225e68162581875ecc16e484cdf4ae16646911dd3064651c130e3145735d6012438767c72847226528c572ea7e51d8cb3d73859bb3e07af9508eca35b99f79bd7c4252c01b8bdff8f9f42fbc3075754d9fc352ef7dd06645d5093307af059f34aef51e1e773f82cf6c52');
INSERT INTO revisions (r, story, digest, added, packed) VALUES (1, '887ccd2101b57073', '34b02fc059c34733', '2031-05-07T08:00:00', x'789c5551cb6e1b310cfc95c19e5a60e3bc6ebd154d8b167550a0309a4392036d71778568299792ec2e8200f990f4e7f225a19ca44e4fe20c38237278db64fe939b0f68be922e6351640a37092c0e5eb0e01046d21b6c7d1e407094195d548c51f94aae64f1793e3ffff8f37b8b539cd38493a3d363bc9b93083e999b677d8f039c71e0dea4099dc611bf481d892790fdf2430327ab0377197960ac4aca714c186249fcdf10d1eac2c9d93fd465568817ae7d9a10bb97c9ada9ba0c2feb3813ccf0256a9e9006bf365fda3096cc822df9eca5472c3979c7485e56bc535715b6ac0c259fd8cdeaae8ff70f17fc2ca75e991d72c4c89c0d9297f6f1feef4efcba9e588a9b38b5f8166c9105a9c46d6b9ae0a0bcb68958ff8dfbbbd034c3c22ab17b4063a9074848e65ef33e3ea9f1da184d8ba68651d6f568bbe319936cd51557e6d0cb613a9ae567bef71b16a36f1befec911282b145c31e649f03efe1ba2c834f03bf69b77802e73d5e4ec1727fe3407d3274797d77f704a21dcb3a');
INSERT INTO revisions (r, story, digest, added, packed) VALUES (2, 'dc5900fa46060a3a', 'eeea072e6e551cf6', '2031-05-07T08:00:00', x'789c6d90c14e02410c865fa5d93381e0d10730f160bc6cbc8887c294dd866e874cbbe086f0ee765003184f33ffdfe937ed7f6a9c3ebd7984e60d4b426504d404af45c8eabd2b44e01906220f85ac90157a2ceb3c164823d94a57fa6fef9145fef42d1fe005a7ca33729720f774070374684964c0b29b5daabf6805d2439ee0598ca0c5a2f908869c2ab68dce145cdc3a1550d68006d1206fc15176176c856d46f33c58ad1acde129179fc07adec78b42704476d60ef2e8c6e96eba795db30dfdb39d4222a10e9de37fa1adc7ba1e58874d1e06528f8666064d5d64dcd77c2f39876341db507516ac0b5bcefddbeff8401af6a9e114878e22e18e45aec23932bbcafdb816b69e6e9ec700427ed5eb49228d1b027616eafde37cfe02a52caf7f');
INSERT INTO revisions (r, story, digest, added, packed) VALUES (3, '4c5e6e096f71a3a4', 'f3097d062dd9844c', '2031-05-07T08:00:00', x'789c6590414bc4400c85ff4ae8597655c4833f4044112f8207d743ba4ddbb0e94cc964ba9665ffbb99adb20b9ec27bbc977ce450197d5bf500d50ba5c418604415c6818281a271cb94c07a824e91039812dabc099bf0eede4536b6b06cf86b35ff5ab067ebe135ea44c17331c0073581528333d433dcdfc014ad5c8b7077bd8272e0b728dcda42615124956a11ca1329bca51db41a0778ce32af0ada23ea409a8097581e478f4d284233f4d8402d71bbfb05ac959b8e000d9e3ce08d362ad83e82539d368c5aa0cc175757500da8bb3c967f9dfee64e8a59b7549c358775ba5dd9e2770e17dc3e54dcf80859c4ddac7216c626749663ae85534f17f1983d61675dcf8e785131ec92abcfafe3f107b1169d9e');
INSERT INTO revisions (r, story, digest, added, packed) VALUES (4, 'ad6e4d35156a20a1', '2d44b7415f277ba9', '2031-05-07T08:00:00', x'789c558f416ac3400c45af22661d9c4577bd4128dd75d774217b145b64ac31234d12130239487b809ea337c9493a710a7657e27f9efee79f9dd1c9dc33b8d7980e248c40a78182821d23a01936ddcfb76e652bff81407e422ca1a71984b803eb085e48955180fa1a554788026f5d4eea715c019bc22e26e256a06761b5348222fb0a36062d1e08244222d428d55f1434f8e82ce16a34c0edfa99a84d549aeb40b7eb17a078d8d360537e3c2eca07926a2b6e05aec7b4cfc37defb4bb381a736ae8eeac59d6fa54d9c36fb9ac2df6d9b12f477208c5cd29ccc2d802cd72c87560ed6881c75c089b753d0696c58b61ab45bd7f5c2ebf89c38ada');
INSERT INTO revisions (r, story, digest, added, packed) VALUES (5, 'ad6e4d35156a20a1', 'd98b9fac3f18f937', '2031-05-08T08:00:00', x'789c5550316ec3300cfc0ae13970866e7d4080a2e896ade9405bb44d44a10c914a620401f290f6017d477f929754760ad89d843b1e79a7bb1446672b9ea1780bf148c20874eec92bd829009a61ddfd7ceb4e76f25fe0c94d128be868164268c03a8257526514a04385aa0304816d97a23a1c56c0a6d08448dc0a1c58582d0ea0c8ae841783168f041220126a90f2ef14d4f8f0ccc7d5a887fbed33521b293b579eeeb72f4071b0a7dea6fbe1b430ef49caf10bdbbc3c86f6d4d81869133907caa36205c501e33ef56315532599d190624d23b36659eb53690fbee55c44a62f05bbfc48f23eb329fa19189ba719f6a9f2ac1d2de4216585cdb81a3ccb62c5b0d58cde3faed75f7761947e');
INSERT INTO names (name, story, digest) VALUES ('at /in/s0.txt', '887ccd2101b57073', '34b02fc059c34733');
INSERT INTO names (name, story, digest) VALUES ('at /in/s1.txt', 'dc5900fa46060a3a', 'eeea072e6e551cf6');
INSERT INTO names (name, story, digest) VALUES ('at /in/s2.txt', '4c5e6e096f71a3a4', 'f3097d062dd9844c');
INSERT INTO names (name, story, digest) VALUES ('at /in/s3.txt', 'ad6e4d35156a20a1', 'd98b9fac3f18f937');
INSERT INTO names (name, story, digest) VALUES ('id 4c5e6e096f71a3a4', '4c5e6e096f71a3a4', 'f3097d062dd9844c');
INSERT INTO names (name, story, digest) VALUES ('id 887ccd2101b57073', '887ccd2101b57073', '34b02fc059c34733');
INSERT INTO names (name, story, digest) VALUES ('id ad6e4d35156a20a1', 'ad6e4d35156a20a1', '2d44b7415f277ba9');
INSERT INTO names (name, story, digest) VALUES ('id c2967774420e1aa6', 'ad6e4d35156a20a1', 'd98b9fac3f18f937');
INSERT INTO names (name, story, digest) VALUES ('id dc5900fa46060a3a', 'dc5900fa46060a3a', 'eeea072e6e551cf6');
INSERT INTO search (rowid, title, body) VALUES (1, 'Harbour talks end in Tellmark with a date for more', 'Delegates from Vardania and Orlesia left the customs house in Tellmark on Tuesday after nine hours of talks on the harbour dues. Forty ships have been waiting outside since the dues were raised.
“We have agreed to meet again,” the Vardanian envoy, Ilse Tarnow, told reporters on the quay. The next round is set for 12 May.');
INSERT INTO search (rowid, title, body) VALUES (2, 'Vardania and Orlesia agree to meet again on harbour dues', 'Vardania and Orlesia will meet again on 12 May to settle the harbour dues at Tellmark, the Vardanian envoy Ilse Tarnow said on Tuesday after nine hours of talks at the customs house. Forty ships are waiting outside the harbour.
The Orlesian delegation left without comment.');
INSERT INTO search (rowid, title, body) VALUES (3, 'Kessian parliament ratifies the grain treaty', 'The parliament of Kessia ratified the grain treaty with Morvenia on Wednesday by 61 votes to 40. The treaty lifts the tolls on the river Osk from July.
Farmers in the upper valley had blocked the bridge at Hallin for two days in protest.');
INSERT INTO search (rowid, title, body) VALUES (4, 'Morvenia expels two attachés', 'Morvenia expelled two trade attachés of the Kessian embassy on Thursday, its foreign ministry said. It gave no reason. Kessia called the step “regrettable” and kept its own embassy open.
The two left on Friday.');
COMMIT;
