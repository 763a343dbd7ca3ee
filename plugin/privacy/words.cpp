#include "privacy/words.h"

#include <unicode/brkiter.h>

#include <algorithm>

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

}  // namespace

Words::Words() : breaks_(dictionary() ? dictionary()->clone() : nullptr) {}
Words::~Words() = default;

bool Words::hold(std::u32string_view passage) {
  if (!breaks_ || passage.size() < 2 || !std::all_of(passage.begin(), passage.end(), is_han)) return false;
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
