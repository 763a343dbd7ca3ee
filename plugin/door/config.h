// The configuration, checked: whoever holds a Config holds values that fit schema/config/options.info.
//
//     Result<Config> config = load_config("store { kind sqlite }\nserver { port 8091 }", "/etc/shide/shide.info");
//     config->number("server.port")  ->  8091        config->text("server.address")  ->  "127.0.0.1"
//     load_config("store { knid sqlite }", "shide.info")  ->  shide.info:1: store.knid is not an option; did you mean store.kind
//
// Secrets are never values, only names of files, read when they are needed. A value type; reading it is thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace shide::door {

enum class OptionType { kText, kPath, kSecretFile, kChoice, kFlag, kNumber, kTime, kAddress, kUrl };

/// One entry of options.info.
struct Option {
  std::string name;  // "store.kind"
  OptionType type = OptionType::kText;
  std::string default_value;
  std::vector<std::string> choices;
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::string unit;
  std::string meaning_zh;
  std::string meaning_en;
};

/// Every option there is, in the order of options.info.
const std::vector<Option>& options();

class Config {
 public:
  /// Every option at its default.
  static Config defaults();

  /// The value of an option; asking for one that options.info does not know throws std::logic_error, a bug of ours.
  const std::string& text(std::string_view name) const;
  std::int64_t number(std::string_view name) const;
  bool flag(std::string_view name) const;
  /// What the named file of a secret_file option holds, without the line end. kConfiguration when it cannot be read, is
  /// larger than 4 KiB, or may be read by everybody on the machine. "" when the option is not set.
  Result<std::string> secret(std::string_view name) const;

  /// store.path, or shide.db below data.directory.
  std::string database_path() const;
  /// keys.directory, or keys below data.directory.
  std::string key_directory() const;

  /// One option changed, as given on a command line; checked as a line of the file is.
  Result<void> set(std::string_view name, std::string_view value);
  /// What no single option can see: a demo beyond loopback, PostgreSQL without a connection. Called by load_config; to be
  /// called again after the last `set`.
  Result<void> check_together() const;

  /// For shide_option: null when there is no such option.
  const std::string* find(std::string_view name) const;

 private:
  /// The school's own site: its key can be read now, rather than when the first teacher comes.
  Result<void> check_site() const;
  /// The site that gets copies: everything it takes is named, and the secret can be read and is not sent in the clear.
  Result<void> check_publisher() const;
  std::map<std::string, std::string, std::less<>> values_;
};

/// All that is wrong is told at once: `problems` has one entry an option, its path "file:line".
Result<Config> load_config(std::string_view text, std::string_view file_name);

/// load_config of a file of at most 1 MiB.
Result<Config> load_config_file(const std::string& file_name);

}  // namespace shide::door
