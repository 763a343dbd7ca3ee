#include "privacy/sounds.h"

#include <unicode/translit.h>

#include <algorithm>

#include "privacy/folded_text.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kCharacters = 0x10000;
constexpr std::uint16_t kNotAsked = 0;
constexpr std::uint16_t kSilent = 0xFFFF;

bool is_syllable(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Sounds::Sounds() : known_(kCharacters), spellings_(1) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<const icu::Transliterator> rules(icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  if (U_SUCCESS(status)) rules_ = std::move(rules);
}

Sounds::~Sounds() = default;

std::uint16_t Sounds::of(char32_t c) const {
  if (c >= kCharacters || !is_han(c)) return 0;
  std::uint16_t sound = known_[c].load(std::memory_order_relaxed);
  if (sound == kNotAsked) sound = looked_up(c);
  return sound == kSilent ? 0 : sound;
}

std::string Sounds::spelling(char32_t c) const {
  std::uint16_t sound = of(c);
  std::lock_guard lock(guard_);
  return spellings_[sound];
}

bool Sounds::are_known() const { return spelling(0x738B) == "wang"; }

std::uint16_t Sounds::looked_up(char32_t c) const {
  std::lock_guard lock(guard_);
  std::string spelt;
  if (rules_) {
    icu::UnicodeString text(static_cast<UChar32>(c));
    rules_->transliterate(text);
    text.toUTF8String(spelt);
  }
  std::uint16_t sound = kSilent;
  if (is_syllable(spelt)) {
    auto [at, is_new] = numbers_.emplace(spelt, static_cast<std::uint16_t>(spellings_.size()));
    if (is_new) spellings_.push_back(spelt);
    sound = at->second;
  }
  known_[c].store(sound, std::memory_order_relaxed);
  return sound;
}

}  // namespace shide::privacy
