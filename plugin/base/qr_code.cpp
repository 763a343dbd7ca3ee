#include "base/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace shide {
namespace {

constexpr std::size_t kMostBytes = 300;
constexpr int kQuietZone = 4;

}  // namespace

Result<QrCode> qr_code(std::string_view text) {
  if (text.empty() || text.size() > kMostBytes) return internal_error("qr_code: text of " + std::to_string(text.size()) + " bytes");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) return internal_error("qr_code: cannot be encoded");
  int width = code->width;
  auto is_dark = [&](int x, int y) { return x < width && (code->data[y * width + x] & 1) != 0; };
  QrCode made{width + 2 * kQuietZone, {}};
  for (int y = 0; y < width; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!is_dark(x, y)) continue;
      int begin = x;
      while (is_dark(x, y)) ++x;
      std::string run = std::to_string(x - begin);
      made.path += "M" + std::to_string(begin + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h" + run + "v1h-" + run + "z";
    }
  }
  return made;
}

}  // namespace shide
