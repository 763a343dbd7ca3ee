// The words of a small text file, whatever program saved it: UTF-8 with or without its mark, UTF-16 with one, else GB18030, as office
// programs in China save a .csv.
//
//     text_of_file("\xD5\xC5\xC8\xFD")  ->  "张三"          text_of_file(a photo)  ->  nothing
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shide {

/// Valid UTF-8 without a mark, or nothing for bytes that are no text.
std::optional<std::string> text_of_file(std::string_view bytes);

}  // namespace shide
