#include "privacy/redact.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/text.h"
#include "support/redaction_invariants.h"

namespace shide::privacy {
namespace {

Redaction redacted(std::string_view note, const KnownPeople& known, Byline byline = Byline::kNone) {
  NoteContext context;
  context.byline = byline;
  return redact(note, Register(known), context);
}

std::vector<std::string> kinds(const Redaction& redaction) {
  std::vector<std::string> all;
  for (const Cut& cut : redaction.cuts) all.emplace_back(kind_name(cut.kind));
  return all;
}

TEST(Redact_S98, ReadsAsPlainChineseAfterwards) {
  Redaction redaction = redacted("1月23日，王小明的妈妈李芳说，小明很高兴。电话13800000000。", {.students = {"王小明"}, .guardians = {"李芳"}});
  EXPECT_EQ(redaction.text, "一月的一天，孩子的妈妈说，孩子很高兴。电话（已隐去）。");
  EXPECT_EQ(kinds(redaction), (std::vector<std::string>{"date", "student_name", "guardian_name", "student_name", "phone"}));
  EXPECT_TRUE(redaction.left.empty());
}

TEST(Redact_S98, PlacesAreCodePointsOfTheNoteAsReceived) {
  Redaction redaction = redacted("👨‍👩‍👧　王 小 明来了", {.students = {"王小明"}});
  ASSERT_EQ(redaction.cuts.size(), 1u);
  EXPECT_EQ(redaction.cuts[0].start, 6u);
  EXPECT_EQ(redaction.cuts[0].end, 11u);
  EXPECT_EQ(redaction.text, "👨‍👩‍👧　孩子来了");
}

TEST(Redact_S98, WithoutAPupilInTheRegisterTheWholeNoteIsADoubt) {
  for (const KnownPeople& known : {KnownPeople{}, KnownPeople{.teachers = {"陈静"}}}) {
    Redaction redaction = redacted("今天天气好，电话13800000000", known);
    ASSERT_EQ(redaction.left.size(), 1u);
    EXPECT_EQ(redaction.left[0].start, 0u);
    EXPECT_EQ(redaction.left[0].end, 19u);
    EXPECT_EQ(redaction.left[0].reason.code, "redact.reason.no_register");
    EXPECT_EQ(kinds(redaction), std::vector<std::string>{"phone"});
  }
}

TEST(Redact_S98, ANameThatIsAWordIsLeftInDoubtWhereNothingDecides) {
  Redaction redaction = redacted("高兴。", {.students = {"高兴"}});
  EXPECT_TRUE(redaction.cuts.empty());
  ASSERT_EQ(redaction.left.size(), 1u);
  EXPECT_EQ(redaction.left[0].reason.code, "redact.reason.name_or_word");
}

TEST(Redact_S98, TeachersKeepTheirNamesOnlyWithTheByline) {
  KnownPeople known{.teachers = {"周海燕"}, .students = {"王小明"}};
  EXPECT_EQ(redacted("周海燕老师和周老师都来了", known, Byline::kTeachers).text, "周海燕老师和周老师都来了");
  EXPECT_EQ(redacted("周海燕老师和周老师都来了", known).text, "老师都来了");
  EXPECT_EQ(redacted("李海燕老师来了", known, Byline::kTeachers).text, "老师来了") << "not on the register";
}

TEST(Redact_S98, APupilAndATeacherOfOneNameAreToldApartByWhatFollows) {
  KnownPeople known{.teachers = {"陈静"}, .students = {"陈静"}};
  Redaction redaction = redacted("陈静老师表扬了陈静同学，陈静笑了", known, Byline::kTeachers);
  EXPECT_EQ(redaction.text, "陈静老师表扬了孩子，孩子笑了");
}

TEST(Redact_S98, OtherPupilsAreToldApartThroughTheNote) {
  KnownPeople known{.students = {"韩冰", "周子墨", "吴桐"}};
  EXPECT_EQ(redacted("韩冰常找周子墨，韩冰也找吴桐，周子墨最近忙。韩冰不怪。", known).text, "孩子常找同学甲，孩子也找同学乙，同学甲最近忙。孩子不怪。");
}

TEST(Redact_S98, APupilOfALargeSchoolIsFoundInShortFormOnceNamed) {
  KnownPeople known{.students = {"王小明"}};
  for (int i = 0; i < 200; ++i) known.students.push_back("阮" + to_utf8(static_cast<char32_t>(0x5200 + i)) + "阮");
  EXPECT_EQ(redacted("小明今天很好", known).text, "小明今天很好") << "nobody said whom this note is about";
  EXPECT_EQ(redacted("王小明今天很好，小明笑了", known).text, "孩子今天很好，孩子笑了");
  NoteContext context;
  context.students = {"王小明"};
  EXPECT_EQ(redact("小明今天很好", Register(known), context).text, "孩子今天很好");
}

TEST(Redact_S98, WhatIsLeftIsFoundOnASecondLook) {
  Register known({.students = {"王小明"}});
  EXPECT_TRUE(remaining_identifiers("孩子住某小区，一月的一天我们去了本班这一家。", known).empty());
  for (const char* leak : {"王小明", "王 小\n明", "13800000000", "三(2)班", "1月23日", "枫林路88号", "320412201305061234"}) {
    EXPECT_FALSE(remaining_identifiers(std::string("家访时") + leak + "。", known).empty()) << leak;
  }
}

TEST(Redact_S98, OddNotesKeepEveryPromise) {
  Register known({.students = {"王小明", "王", "明"}, .guardians = {"李芳"}});
  std::string long_note;
  for (int i = 0; i < 5000; ++i) long_note += "王小明和李芳在家，电话13800000000。";
  for (const std::string& note : {std::string(), std::string("   \n\n"), std::string("👍👍👍"), std::string("Bu yil qish sovuq. ئۇيغۇرچە خەت"), std::string("\xE2\x80\xAE王小明\xE2\x80\xAC"),
                                  std::string("王\xE2\x80\x8D小\xE2\x80\x8D明"), std::string("\0王小明\0", 11), std::string("\xFF\xFE王小明"), std::string(3000, '1'), long_note}) {
    Redaction redaction = redact(note, known);
    EXPECT_EQ(test::broken_promise(note, redaction), nullptr);
    EXPECT_EQ(redaction.text.find("王小明"), std::string::npos);
  }
}

TEST(Redact_S98, TimeGrowsWithTheNoteNotWithItsSquare) {
  Register known({.students = {"王小明"}});
  std::string note;
  while (character_count(note) < 100'000) note += "小明的作业认真，字写得端正，就是课堂上不敢举手。奶奶说他在家也不大说话。";
  auto start = std::chrono::steady_clock::now();
  Redaction redaction = redact(note, known);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_GT(redaction.cuts.size(), 1000u);
}

TEST(Redact_S98, ALongNoteIsReadToItsEnd) {
  Register known({.students = {"王小明"}});
  std::string note;
  for (int i = 0; i < 12'499; ++i) note += "今天的路很好走。";
  Redaction redaction = redact(note + "王小明", known);
  ASSERT_EQ(redaction.cuts.size(), 1u);
  EXPECT_TRUE(redaction.text.ends_with("很好走。孩子"));
}

TEST(Redact_S98, NotesWithoutChineseKeepTheirWordsAndLoseNamesAndNumbers) {
  Register known({.students = {"阿依古丽·买买提", "王小明"}});
  EXPECT_EQ(redacted("Bu yil qish sovuq. ئۇيغۇرچە خەت", {.students = {"王小明"}}).text, "Bu yil qish sovuq. ئۇيغۇرچە خەت");
  EXPECT_EQ(redact("We met Wang Xiaoming. Phone 138 0000 0000.", known).text, "We met 孩子. Phone （已隐去）.");
  EXPECT_EQ(redact("👍👍👍🎉", known).text, "👍👍👍🎉");
  EXPECT_TRUE(redact("👍👍👍🎉", known).left.empty());
}

TEST(Redact_S98, MarksInsideANameDoNotHideIt) {
  Register known({.students = {"王小明", "阿依古丽·买买提"}});
  for (const char* hidden : {"王\xE2\x80\x8D小\xE2\x80\x8D明", "王\xE2\x80\x8F小明", "\xE2\x80\xAE王小明\xE2\x80\xAC", "王\xE2\x80\x8B小\xE2\x80\x8B明", "王\xCC\x81小明", "王·小·明",
                             "阿依古丽买买提", "阿依古丽 • 买买提"}) {
    Redaction redaction = redact(std::string(hidden) + "来了", known);
    EXPECT_EQ(redaction.cuts.size(), 1u) << hidden;
    EXPECT_NE(redaction.text.find("孩子"), std::string::npos) << hidden;
  }
}

TEST(Redact_S98, ANameOfOneCharacterIsFoundOnlyWithATitle) {
  KnownPeople known{.students = {"萧"}};
  EXPECT_EQ(redacted("萧同学不在家", known).text, "孩子不在家");
  EXPECT_EQ(redacted("窗外风萧萧", known).text, "窗外风萧萧");
}

TEST(Redact_S98, ThreeThousandNamesakesAreOneNameAndTakeNoLonger) {
  KnownPeople known;
  for (int i = 0; i < 3000; ++i) known.students.push_back("王小明");
  for (int i = 0; i < 3000; ++i) known.guardians.push_back("王强");
  Register school(known);
  EXPECT_EQ(school.pupil_count(), 1u);
  EXPECT_EQ(redact("王小明和小明的爸爸王强都在", school).text, "孩子的爸爸都在");
}

TEST(Redact_S98, PupilsWhoseNamesContainEachOtherAreToldApart) {
  KnownPeople known{.students = {"王小雨", "王小雨欣", "李王小"}};
  EXPECT_EQ(redacted("王小雨、王小雨、王小雨欣都在。李王小没来，王小雨在。", known).text, "孩子、同学甲都在。同学乙没来，孩子在。");
}

TEST(Redact_S98, TimeStaysLinearOnTextMadeToHurt) {
  Register known({.students = {"王小明", "王王王", "高兴"}, .addresses = {"枫林路枫林路枫林路88号"}});
  for (const std::string unit : {"王", "高兴", "1", "1 ", "一", "路", "的", "在", "家住", "枫林路", "妈妈", "（", "有", "小名叫", "爸爸在", "妈妈离"}) {
    std::string note;
    for (std::size_t length = 0; length < 100'000; length += character_count(unit)) note += unit;
    auto start = std::chrono::steady_clock::now();
    Redaction redaction = redact(note, known);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << unit;
    EXPECT_EQ(test::broken_promise(note, redaction), nullptr) << unit;
  }
}

TEST(Redact_S98, AChangedRegisterChangesTheResultAndItsHash) {
  Register before({.students = {"王小明"}}), after({.students = {"王小明", "赵子墨"}});
  EXPECT_NE(before.hash(), after.hash());
  EXPECT_EQ(redact("王小明和赵子墨", after).text, "孩子和一位同学");
}

TEST(Redact_S98, ManyThreadsShareOneRegister) {
  Register known({.students = {"王小明"}});
  std::vector<std::thread> threads;
  std::vector<std::string> texts(8);
  for (std::size_t i = 0; i < texts.size(); ++i) threads.emplace_back([&, i] { texts[i] = redact("王小明在家，1月23日", known).text; });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) EXPECT_EQ(text, "孩子在家，一月的一天");
}

TEST(Redact_S98, ADayIsOneDayHoweverItIsReckoned) {
  for (const char* day : {"癸卯年十月初八", "国庆节后第一个星期六", "下周二", "十月的一个礼拜天", "十二月第二个周末"}) {
    EXPECT_EQ(redacted(std::string("家访定在") + day + "，孩子在家。", {.students = {"王小明"}}).text, "家访定在那天，孩子在家。") << day;
  }
}

TEST(Redact_S98, ANumberReadAloudIsANumber) {
  for (const char* number : {"一三六、两个九、零七、五五二一", "136两个9 07 5521", "幺三八两个零三个六二五一"}) {
    EXPECT_EQ(redacted(std::string("新的：") + number + "。", {.students = {"王小明"}}).text, "新的：（已隐去）。") << number;
  }
  for (const char* count : {"他有三个二年级的同学。", "得了两个五分三个四分。"}) EXPECT_EQ(redacted(count, {.students = {"王小明"}}).text, count);
}

TEST(Redact_S98, WhatIsLeftAndLooksLikeANumberIsShownToTheReviewer) {
  KnownPeople known{.students = {"王小明"}};
  for (const char* number : {"dabao8812", "88-21-0937", "七七八二一", "662345"}) {
    Redaction redaction = redacted(std::string("纸条上写着") + number + "，没说是什么。", known);
    ASSERT_EQ(redaction.cuts.size() + redaction.left.size(), 1u) << number;
  }
  EXPECT_EQ(redacted("这本书12000字，读了3遍。", known).left.size(), 0u);
}

TEST(Redact_S98, ATeacherIsAlsoWhoIsCalledByTheGivenNameOrTheSurname) {
  KnownPeople known{.teachers = {"周海燕"}, .students = {"王小明"}};
  EXPECT_EQ(redacted("海燕和小周一起去的。", known).text, "老师一起去的。");
}

TEST(Redact_S98, NamesHalfInLettersAndInitialsAreNames) {
  KnownPeople known{.students = {"张晓梅"}};
  for (const char* name : {"张xiao梅", "zhang晓梅", "张晓mei", "ZXM"}) EXPECT_EQ(redacted(std::string(name) + "今天很乖。", known).text, "孩子今天很乖。") << name;
  EXPECT_EQ(redacted("听了三首mp3，很乖。", known).text, "听了三首mp3，很乖。");
}

TEST(Redact_S98, AStrangersChildByTheGivenNameBehindANoun) {
  KnownPeople known{.students = {"张晓梅"}};
  EXPECT_EQ(redacted("班长欣怡报听写。", known).text, "班长报听写。");
  EXPECT_EQ(redacted("同桌王子涵常帮忙。", known).text, "同桌常帮忙。");
  EXPECT_EQ(redacted("班长明天值日，同学之间要团结。", known).text, "班长明天值日，同学之间要团结。");
}

TEST(Redact_S98, AWordAsAPetNameIsShownToTheReviewer) {
  Redaction redaction = redacted("他在家叫毛豆，", {.students = {"张晓梅"}});
  ASSERT_EQ(redaction.left.size(), 1u);
  EXPECT_EQ(redaction.left[0].kind, Kind::kNickname);
  EXPECT_TRUE(redacted("在家叫爸爸帮忙。", {.students = {"张晓梅"}}).left.empty());
}

}  // namespace
}  // namespace shide::privacy
