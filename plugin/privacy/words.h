// What ICU's Chinese dictionary holds as a word: 高兴 and 食堂 are words, 丁小 is none.
//
//     Words words;   words.hold(U"食堂") -> true     words.hold(U"丁小") -> false
//
// A look takes a quarter of a microsecond, so finders ask only near what could be a name.
#pragma once

#include <unicode/unistr.h>

#include <memory>
#include <string_view>

U_NAMESPACE_BEGIN
class BreakIterator;
U_NAMESPACE_END

namespace shide::privacy {

/// For one thread: making one costs nothing, the dictionary is shared, and what a thread was told it remembers, scrambled.
class Words {
 public:
  Words();
  ~Words();
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  /// Whether ICU reads the passage, alone, as one word. Only Han is ever one.
  bool hold(std::u32string_view passage);

  /// False when this ICU was built without its Chinese dictionary: then nothing is a word.
  static bool are_known();

 private:
  bool looked_up(std::u32string_view passage);

  std::unique_ptr<icu::BreakIterator> breaks_;
  icu::UnicodeString text_;
};

}  // namespace shide::privacy
