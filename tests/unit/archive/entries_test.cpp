// What a finished visit leaves in a teacher's two archives, and that nobody can change it unseen.
#include "archive/entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/phrase.h"

namespace shide::archive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using model::ArchiveEntry;
using model::ArchiveKind;

FinishedVisit visit() {
  return {{"01770000-0000-7000-8000-000000000001"}, "百名教师“大走访”活动", "2020-2021", time_of(*make_date(2021, 1, 23), 15), model::VisitMode::kHome};
}

model::Teacher teacher() {
  model::Teacher one;
  one.id.value = "01770000-0000-7000-8000-000000000002";
  one.school_id.value = "01770000-0000-7000-8000-000000000003";
  one.staff_number = "0304";
  one.name = "顾晓岚";
  return one;
}

std::string say(const std::string& stored, Language language = Language::kChinese) { return render(parse_phrase(stored), language); }

TEST(ArchiveEntry_S79_S80, AVisitGivesOneEntryInEachArchive) {
  auto entries = entries_of(visit(), teacher(), true);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].archive, ArchiveKind::kEthics);
  EXPECT_EQ(entries[1].archive, ArchiveKind::kProfessional);
  EXPECT_NE(say(entries[0].title), say(entries[1].title));
  for (const ArchiveEntry& entry : entries) {
    EXPECT_EQ(entry.staff_number, "0304");
    EXPECT_EQ(entry.staff_name, "顾晓岚");
    EXPECT_EQ(entry.school_year, "2020-2021");
    EXPECT_EQ(entry.calendar_year, "2021");
    EXPECT_EQ(entry.kind, "home_visit");
  }
}

TEST(ArchiveEntry_S79_S98, AnEntryHoldsMonthModeAndOwnPartAndNothingOfTheFamily) {
  for (const ArchiveEntry& entry : entries_of(visit(), teacher(), true)) {
    EXPECT_EQ(entry.event_month, "2021-01") << "never the day";
    for (Language language : {Language::kChinese, Language::kEnglish}) {
      std::string shown = say(entry.title, language) + say(entry.text, language);
      EXPECT_THAT(shown, HasSubstr("2021-01"));
      EXPECT_THAT(shown, Not(HasSubstr("2021-01-")));
      EXPECT_THAT(shown, Not(HasSubstr("班)")));
      EXPECT_THAT(shown, Not(HasSubstr("["))) << "every sentence has its text: " << shown;
      EXPECT_THAT(shown, Not(HasSubstr("{"))) << "and every place is filled: " << shown;
    }
  }
}

TEST(ArchiveEntry_S79, TellsTheHomeroomTeachersPartFromTheCompanions) {
  EXPECT_NE(entries_of(visit(), teacher(), true)[0].text, entries_of(visit(), teacher(), false)[0].text);
}

TEST(ArchiveEntry_S105, EveryModeHasItsWordInBothLanguages) {
  for (auto code : codes(model::VisitMode{})) {
    FinishedVisit by_mode = visit();
    by_mode.mode = *model::from_code<model::VisitMode>(code);
    ArchiveEntry entry = entries_of(by_mode, teacher(), true)[0];
    EXPECT_EQ(entry.mode, code);
    for (Language language : {Language::kChinese, Language::kEnglish}) EXPECT_THAT(say(entry.text, language), Not(HasSubstr("["))) << code;
  }
}

TEST(ArchiveEntry_R8, TheSameVisitGivesTheSameBytes) {
  auto first = entries_of(visit(), teacher(), true), again = entries_of(visit(), teacher(), true);
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(hash_of(first[i]), hash_of(again[i]));
}

/// Three visits of one teacher, in one archive, as they were filed.
std::vector<ArchiveEntry> chain() {
  std::vector<ArchiveEntry> entries;
  for (int month = 1; month <= 3; ++month) {
    FinishedVisit one = visit();
    one.visited_at = time_of(*make_date(2021, month, 3), 15);
    one.id.value.back() = static_cast<char>('0' + month);
    ArchiveEntry entry = entries_of(one, teacher(), true)[0];
    entry.filed_at = time_of(*make_date(2021, month, 9), 8);
    append(entry, entries.empty() ? std::nullopt : std::optional<ArchiveEntry>(entries.back()));
    entries.push_back(entry);
  }
  return entries;
}

TEST(ArchiveChain_S79_R9, CountsFromOneAndHoldsTheHashBefore) {
  auto entries = chain();
  EXPECT_THAT(chain_breaks(entries), IsEmpty());
  EXPECT_EQ(entries[0].sequence, 1);
  EXPECT_EQ(entries[0].previous_hash, "");
  EXPECT_EQ(entries[2].previous_hash, entries[1].hash);
}

TEST(ArchiveChain_S79_R9, FindsAnEntryThatWasRewritten) {
  auto entries = chain();
  entries[1].staff_name = "陆文静";
  EXPECT_THAT(chain_breaks(entries), ElementsAre(2));
  entries[1].hash = hash_of(entries[1]);
  EXPECT_THAT(chain_breaks(entries), ElementsAre(3)) << "sealing it anew breaks the next one";
}

TEST(ArchiveChain_S79_R9, FindsAnEntryThatIsGone) {
  auto entries = chain();
  entries.erase(entries.begin() + 1);
  EXPECT_THAT(chain_breaks(entries), ElementsAre(3));
  entries = chain();
  entries.erase(entries.begin());
  EXPECT_THAT(chain_breaks(entries), ElementsAre(2));
}

TEST(ArchiveChain_S79_R9, FindsTwoEntriesThatChangedPlaces) {
  auto entries = chain();
  std::swap(entries[0], entries[1]);
  EXPECT_THAT(chain_breaks(entries), ElementsAre(2, 1, 3));
}

TEST(ArchiveChain_S79_R9, TwoFieldsCannotRunIntoEachOther) {
  ArchiveEntry one = chain()[0], other = one;
  one.staff_number = "0304";
  one.staff_name = "1顾";
  other.staff_number = "03041";
  other.staff_name = "顾";
  EXPECT_NE(hash_of(one), hash_of(other));
}

TEST(ArchiveChain_S79_R9, EveryFieldIsUnderTheSeal) {
  const ArchiveEntry sealed = chain()[0];
  std::vector<std::function<void(ArchiveEntry&)>> changes = {
      [](ArchiveEntry& one) { one.archive = ArchiveKind::kProfessional; }, [](ArchiveEntry& one) { one.school_id.value += "x"; },
      [](ArchiveEntry& one) { one.teacher_id.value += "x"; },              [](ArchiveEntry& one) { one.staff_number += "x"; },
      [](ArchiveEntry& one) { one.staff_name += "x"; },                    [](ArchiveEntry& one) { one.school_year += "x"; },
      [](ArchiveEntry& one) { one.calendar_year += "x"; },                 [](ArchiveEntry& one) { one.kind += "x"; },
      [](ArchiveEntry& one) { one.title += "x"; },                         [](ArchiveEntry& one) { one.text += "x"; },
      [](ArchiveEntry& one) { one.event_month += "x"; },                   [](ArchiveEntry& one) { one.mode += "x"; },
      [](ArchiveEntry& one) { one.source_id += "x"; },                     [](ArchiveEntry& one) { one.previous_hash += "x"; },
      [](ArchiveEntry& one) { ++one.sequence; },                           [](ArchiveEntry& one) { one.filed_at = one.filed_at + 1; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    ArchiveEntry changed = sealed;
    changes[i](changed);
    EXPECT_NE(hash_of(changed), sealed.hash) << "change " << i;
  }
}

}  // namespace
}  // namespace shide::archive
