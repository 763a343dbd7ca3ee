// The parts of an office file: a zip, unpacked by libzip within limits.
//
//     SHIDE_TRY(package, Package::open(bytes));
//     for (const PackagePart& part : package.parts()) package.read(part, [](std::istream& in) { ... });
//
// For one thread; the bytes must outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct zip;  // of zip.h

namespace shide::office_files {

struct PackagePart {
  std::string name;  // as the zip says it, perhaps no valid text
  std::uint64_t index = 0;
};

/// More than any document of a school holds.
inline constexpr std::size_t kMostParts = 2000;
inline constexpr std::uint64_t kMostUnpacked = 200u << 20;
inline constexpr std::uint64_t kMostTimesLarger = 100;

class Package {
 public:
  /// document.not_docx for what is no zip, document.encrypted, document.bomb, document.broken.
  static Result<Package> open(std::string_view bytes);

  const std::vector<PackagePart>& parts() const { return parts_; }

  /// Hands the unpacked part to `use`, which may stop before its end. document.bomb once all that was read together is too much,
  /// whatever the directory claims; document.broken for a part that cannot be unpacked.
  Result<void> read(const PackagePart& part, const std::function<void(std::istream&)>& use);

 private:
  struct Discard {
    void operator()(struct zip* archive) const;
  };
  std::unique_ptr<struct zip, Discard> archive_;
  std::vector<PackagePart> parts_;
  std::uint64_t budget_ = 0;  // bytes that may still be unpacked
};

}  // namespace shide::office_files
