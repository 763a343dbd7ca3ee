#include "workflow/stored_png.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace shide::workflow {
namespace {

constexpr std::size_t kLargestBlock = 65535;  // of a stored deflate block (RFC 1951, 3.2.4)

std::uint32_t crc32_of(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
      entries[i] = value;
    }
    return entries;
  }();
  std::uint32_t sum = 0xFFFFFFFFu;
  for (unsigned char byte : bytes) sum = table[(sum ^ byte) & 0xFF] ^ (sum >> 8);
  return ~sum;
}

std::uint32_t adler32_of(std::string_view bytes) {
  std::uint32_t a = 1, b = 0;
  for (unsigned char byte : bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

void append_number(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_number(out, static_cast<std::uint32_t>(data.size()));
  std::size_t begin = out.size();
  out.append(type).append(data);
  append_number(out, crc32_of(std::string_view(out).substr(begin)));
}

std::string stored_zlib(std::string_view bytes) {
  std::string out("\x78\x01");
  std::uint32_t sum = adler32_of(bytes);
  do {
    std::string_view block = bytes.substr(0, kLargestBlock);
    bytes.remove_prefix(block.size());
    out += static_cast<char>(bytes.empty() ? 1 : 0);  // the last block says so
    auto size = static_cast<std::uint16_t>(block.size());
    for (std::uint16_t value : {size, static_cast<std::uint16_t>(~size)}) {
      out += static_cast<char>(value & 0xFF);
      out += static_cast<char>(value >> 8);
    }
    out.append(block);
  } while (!bytes.empty());
  append_number(out, sum);
  return out;
}

}  // namespace

std::string stored_png(int width, int height, const std::vector<std::uint8_t>& rgb) {
  std::string header, rows;
  append_number(header, static_cast<std::uint32_t>(width));
  append_number(header, static_cast<std::uint32_t>(height));
  header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, RGB, no interlace
  std::size_t stride = static_cast<std::size_t>(width) * 3;
  for (std::size_t at = 0; at < rgb.size(); at += stride) {
    rows += '\0';  // no filter
    rows.append(reinterpret_cast<const char*>(rgb.data()) + at, std::min(stride, rgb.size() - at));
  }
  std::string out("\x89PNG\r\n\x1A\n");
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", stored_zlib(rows));
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace shide::workflow
