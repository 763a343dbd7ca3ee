// How characters sound, without tones, from ICU's rules: a name misheard or mistyped keeps its sound.
//
//     sounds.of(U'晓') == sounds.of(U'小')     sounds.spelling(U'王') -> "wang"
//
// Each character is looked up once and remembered. Thread-safe.
#pragma once

#include <unicode/uversion.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

U_NAMESPACE_BEGIN
class Transliterator;
U_NAMESPACE_END

namespace shide::privacy {

class Sounds {
 public:
  Sounds();
  ~Sounds();

  /// A number for the sound, 0 = unknown. Numbers hold for this process only.
  std::uint16_t of(char32_t c) const;
  /// The sound spelt, empty when unknown.
  std::string spelling(char32_t c) const;

  /// False when this ICU was built without the rules.
  bool are_known() const;

 private:
  std::uint16_t looked_up(char32_t c) const;

  std::unique_ptr<const icu::Transliterator> rules_;
  mutable std::vector<std::atomic<std::uint16_t>> known_;  // by character: the sound, or one of the two marks of the .cpp
  mutable std::mutex guard_;                               // of what follows
  mutable std::map<std::string, std::uint16_t> numbers_;
  mutable std::vector<std::string> spellings_;
};

}  // namespace shide::privacy
