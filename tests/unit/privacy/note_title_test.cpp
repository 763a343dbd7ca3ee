// What a note is called in the staff view.
#include "privacy/note_title.h"

#include <gtest/gtest.h>

namespace shide::privacy {
namespace {

std::string title_of(const char* narrative, const char* reflection = "", std::int64_t doubts = 0) {
  model::RedactedRecord note;
  note.narrative = narrative;
  note.reflection = reflection;
  note.doubts = doubts;
  return note_title(note);
}

TEST(NoteTitle_S75, IsTheFirstSentenceWhenItIsShort) {
  EXPECT_EQ(title_of("楼道的灯坏了。我们还在三楼。"), "楼道的灯坏了");
  EXPECT_EQ(title_of("我写，字丑，话短。"), "我写，字丑，话短");
}

TEST(NoteTitle, EndsWhereALongSentenceTakesBreath) {
  EXPECT_EQ(title_of("敲门前，奶奶已经把手机竖在糖罐上，开着免提。"), "敲门前，奶奶已经把手机竖在糖罐上");
  EXPECT_EQ(title_of("她说：“爸爸在桥上，请不了假，就让他在电话里听一听吧。”"), "她说：“爸爸在桥上，请不了假，…");
  EXPECT_EQ(title_of("这是一个没有任何停顿并且一直写到句子结束的开头。"), "这是一个没有任何停顿并且一直写…");
}

TEST(NoteTitle, IsTheReflectionsWhenThereIsNoNarrative) {
  EXPECT_EQ(title_of("", "好事要说得具体，才有人信。"), "好事要说得具体，才有人信");
  EXPECT_EQ(title_of("", ""), "");
}

TEST(NoteTitle, StaysEmptyWhileAWordIsDoubted) { EXPECT_EQ(title_of("小满给我们开门。", "", 1), ""); }

}  // namespace
}  // namespace shide::privacy
