// What both readers of a word processor's XML go by: local names, since the two editions of the standard differ only in namespaces.
#pragma once

#include <Poco/SAX/Attributes.h>

#include <string>
#include <string_view>

namespace shide::office_files {

inline std::string attribute(const Poco::XML::Attributes& attributes, std::string_view name) {
  for (int i = 0; i < attributes.getLength(); ++i) {
    if (attributes.getLocalName(i) == name) return attributes.getValue(i);
  }
  return {};
}

inline bool strikes_out(std::string_view element) { return element == "del" || element == "moveFrom"; }
inline bool hides(std::string_view element) { return element == "vanish" || element == "webHidden" || element == "specVanish"; }
/// Of w:val, where its absence means yes.
inline bool is_on(std::string_view value) { return value != "0" && value != "false" && value != "off"; }

}  // namespace shide::office_files
