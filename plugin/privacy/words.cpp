#include "privacy/words.h"

#include <unicode/brkiter.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

#include "privacy/folded_text.h"

namespace shide::privacy {
namespace {

// Opening the dictionary takes milliseconds, a clone microseconds.
const icu::BreakIterator* dictionary() {
  static const std::unique_ptr<const icu::BreakIterator> kDictionary = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::BreakIterator> breaks(icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
    return U_SUCCESS(status) ? std::move(breaks) : nullptr;
  }();
  return kDictionary.get();
}

// Scrambles its argument, one to one (SplitMix64, Steele et al. 2014), so that no memory keeps what a note says.
std::uint64_t scrambled(std::uint64_t value) {
  static const std::uint64_t kSeed = (std::uint64_t{std::random_device{}()} << 32) | 1;
  value ^= kSeed;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

// What this thread was told before: the same words come in every note, and a look into the dictionary is slow.
class Remembered {
 public:
  /// Null when not asked before.
  const bool* answer(std::uint64_t key) const { return places_[place(key)].key == key ? &places_[place(key)].is_word : nullptr; }
  void remember(std::uint64_t key, bool is_word) { places_[place(key)] = {key, is_word}; }

 private:
  struct Place {
    std::uint64_t key = 0;
    bool is_word = false;
  };
  static constexpr std::size_t kPlaces = 1 << 14;
  static std::size_t place(std::uint64_t key) { return key % kPlaces; }
  std::array<Place, kPlaces> places_{};
};

Remembered& remembered() {
  thread_local std::unique_ptr<Remembered> answers = std::make_unique<Remembered>();
  return *answers;
}

// Up to four characters of the basic plane in 64 bits; 0 when they do not fit.
std::uint64_t packed(std::u32string_view passage) {
  std::uint64_t bits = 0;
  for (char32_t c : passage) {
    if (c > 0xFFFF) return 0;
    bits = bits << 16 | c;
  }
  return passage.size() <= 4 ? bits : 0;
}

}  // namespace

Words::Words() = default;
Words::~Words() = default;

bool Words::hold(std::u32string_view passage) {
  if (passage.size() < 2 || !std::all_of(passage.begin(), passage.end(), is_han)) return false;
  std::uint64_t bits = packed(passage), key = scrambled(bits);
  if (const bool* answer = bits == 0 ? nullptr : remembered().answer(key)) return *answer;
  bool is_word = looked_up(passage);
  if (bits != 0) remembered().remember(key, is_word);
  return is_word;
}

bool Words::looked_up(std::u32string_view passage) {
  if (!breaks_ && dictionary()) breaks_.reset(dictionary()->clone());
  if (!breaks_) return false;
  text_.remove();
  for (char32_t c : passage) text_.append(static_cast<UChar32>(c));
  breaks_->setText(text_);
  breaks_->first();
  return breaks_->next() == text_.length();
}

bool Words::are_known() {
  Words words;
  return words.hold(U"\u5B66\u6821") && !words.hold(U"\u5B66\u6821\u7684");  // a school; a school's
}

}  // namespace shide::privacy
