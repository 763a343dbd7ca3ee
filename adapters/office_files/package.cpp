#include "office_files/package.h"

#include <Poco/InflatingStream.h>
#include <Poco/MemoryStream.h>

#include <algorithm>
#include <optional>
#include <streambuf>

#include "office_files/refusal.h"

namespace shide::office_files {
namespace {

constexpr std::string_view kEndSignature("PK\5\6", 4), kEntrySignature("PK\1\2", 4), kLocalSignature("PK\3\4", 4);
constexpr std::size_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30, kLongestComment = 0xFFFF;
constexpr unsigned kEncrypted = 1, kStored = 0, kDeflated = 8;
constexpr int kRawDeflate = -15;  // zlib's window bits: without a header of its own

/// The caller has looked that the bytes are there.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

bool stands_at(std::string_view bytes, std::size_t at, std::string_view signature, std::size_t size) {
  return at <= bytes.size() && bytes.size() - at >= size && bytes.substr(at).starts_with(signature);
}

std::optional<std::size_t> end_of_directory(std::string_view bytes) {
  if (bytes.size() < kEndSize) return std::nullopt;
  std::size_t last = bytes.size() - kEndSize, first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (bytes.substr(at).starts_with(kEndSignature)) return at;
  }
  return std::nullopt;
}

/// The packed bytes that an entry points to, or nothing where it points beyond the file.
std::optional<std::string_view> packed_at(std::string_view bytes, std::size_t local, std::size_t size) {
  if (!stands_at(bytes, local, kLocalSignature, kLocalSize)) return std::nullopt;
  std::size_t data = local + kLocalSize + number(bytes, local + 26, 2) + number(bytes, local + 28, 2);
  if (data > bytes.size() || bytes.size() - data < size) return std::nullopt;
  return bytes.substr(data, size);
}

/// Passes on what another stream gives, until the budget is spent.
class Metered : public std::streambuf {
 public:
  Metered(std::istream& from, std::uint64_t& budget) : from_(from), budget_(budget) {}
  bool is_overspent() const { return overspent_; }

 private:
  int_type underflow() override {
    from_.read(buffer_, sizeof buffer_);
    auto count = static_cast<std::uint64_t>(from_.gcount());
    overspent_ = overspent_ || count > budget_;
    if (count == 0 || overspent_) return traits_type::eof();
    budget_ -= count;
    setg(buffer_, buffer_, buffer_ + count);
    return traits_type::to_int_type(buffer_[0]);
  }

  std::istream& from_;
  std::uint64_t& budget_;
  bool overspent_ = false;
  char buffer_[16 * 1024];
};

}  // namespace

Result<Package> Package::open(std::string_view bytes) {
  auto end = end_of_directory(bytes);
  if (!bytes.starts_with(kLocalSignature)) return not_docx();
  if (!end) return broken();  // cut off on its way: the directory stands last
  std::size_t count = number(bytes, *end + 10, 2), at = number(bytes, *end + 16, 4);
  if (count > kMostParts) return bomb();
  Package package;
  package.budget_ = std::min<std::uint64_t>(kMostUnpacked, bytes.size() * kMostTimesLarger);
  std::uint64_t claimed = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!stands_at(bytes, at, kEntrySignature, kEntrySize)) return broken();
    unsigned flags = number(bytes, at + 8, 2), method = number(bytes, at + 10, 2);
    std::size_t name_size = number(bytes, at + 28, 2);
    if (flags & kEncrypted) return encrypted();
    auto packed = packed_at(bytes, number(bytes, at + 42, 4), number(bytes, at + 20, 4));
    if (!packed || bytes.size() - at - kEntrySize < name_size || (method != kStored && method != kDeflated)) return broken();
    claimed += number(bytes, at + 24, 4);
    package.parts_.push_back({std::string(bytes.substr(at + kEntrySize, name_size)), *packed, method == kDeflated});
    at += kEntrySize + name_size + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
  }
  if (claimed > package.budget_) return bomb();
  return package;
}

Result<void> Package::read(const PackagePart& part, const std::function<void(std::istream&)>& use) {
  Poco::MemoryInputStream packed(part.packed.data(), static_cast<std::streamsize>(part.packed.size()));
  Poco::InflatingInputStream inflating(packed, kRawDeflate);
  Metered metered(part.is_deflated ? static_cast<std::istream&>(inflating) : packed, budget_);
  std::istream in(&metered);
  use(in);
  if (metered.is_overspent()) return bomb();
  return {};
}

}  // namespace shide::office_files
