// A QR code as the outline of its dark squares, for an inline SVG: no picture to fetch, sharp on paper.
//
//     qr_code("https://www.example.edu.cn/shide/enter")  ->  {37, "M4 4h7v1h-7zM..."}
//     <svg viewBox="0 0 37 37"><path d="M4 4h7v1h-7z..."/></svg>
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace shide {

struct QrCode {
  int size = 0;      // squares on a side, the quiet zone of four on every side among them (ISO/IEC 18004)
  std::string path;  // digits, blanks, '-' and the letters M h v z
};

/// At most 300 bytes, at error correction level M: kInternal for more, or for none.
Result<QrCode> qr_code(std::string_view text);

}  // namespace shide
