// School keys as files in one folder, named ID.shidekey, each an INFO file of a few lines:
//
//     id "20261127-9f3c21"
//     made "2026-11-27T20:30:00+08:00"
//     expires "2028-11-27"
//     key "<base64 of 32 bytes>"
//
// The folder is read again whenever a key is asked for that is not known yet, so a running server follows a rotation. Trusted only
// if nobody but its owner can write in it, and if nobody but the owner and the group can read a key. A key file made by root
// belongs to the folder's owner: the service must be able to read it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ports/cipher.h"

namespace shide::cipher_openssl {

struct KeyFile {
  ports::SchoolKey key;
  std::string bytes;  // 32
};

class KeyFolder {
 public:
  /// Reads nothing yet. `clock` tells the real day, also where the school's day is moved.
  KeyFolder(std::string path, std::unique_ptr<Clock> clock);

  const std::string& path() const { return path_; }
  /// All keys, newest first; none when there is no folder. kConfiguration: see the words of schema/text/*/keys.info.
  Result<std::vector<KeyFile>> read() const;
  /// The newest, read afresh; kConfiguration when there is none or it has expired.
  Result<KeyFile> newest() const;
  Result<KeyFile> find(std::string_view id) const;
  /// Makes the folder too, if it is not there, closed to others.
  Result<ports::SchoolKey> make() const;

 private:
  struct Known {
    std::mutex mutex;
    std::vector<KeyFile> keys;  // guarded by mutex
  };
  std::string path_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Known> known_ = std::make_unique<Known>();
};

}  // namespace shide::cipher_openssl
