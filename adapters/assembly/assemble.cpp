// Picks the adapters that the configuration names. Opens nothing that must not cross a fork: stores and the photo program
// start at their first use.
#include "door/assemble.h"

#include <dlfcn.h>

#include <filesystem>

#include "base/resource.h"
#include "base/text.h"
#include "cipher_openssl/field_cipher.h"
#include "cipher_openssl/password_cipher.h"
#include "cms_sscms/sscms_publisher.h"
#include "cms_wordpress/wordpress_publisher.h"
#include "office_files/office_files.h"
#include "photo_files/photo_files.h"
#include "photo_helper/child_photo_reader.h"
#include "public_http/public_http.h"
#include "seal_files/seal_files.h"
#include "site_bridge/signed_tickets.h"
#include "site_bridge/theme_page.h"
#include "store_sql/sql_store.h"

namespace shide::door {
namespace {

// The file this very code was loaded from: libshide.so, or a test's program.
std::string beside_this_library(std::string_view name) {
  Dl_info where{};
  if (dladdr(reinterpret_cast<const void*>(&beside_this_library), &where) == 0 || !where.dli_fname) return std::string(name);
  return (std::filesystem::path(where.dli_fname).parent_path() / name).string();
}

std::int64_t demo_offset(const Config& config) {
  if (!config.flag("demo.enabled")) return 0;
  // The demo opens on its own evening, Sunday 2021-01-24, and time runs from there.
  Time evening = time_of(*make_date(2021, 1, 24), 20, 30);
  return parse_time(config.text("demo.today")).value_or(evening) - SystemClock().now();
}

Result<std::unique_ptr<ports::Store>> open_store(const Config& config, ports::FieldCipher& cipher, const Clock& clock) {
  if (config.text("store.kind") == "sqlite") return store_sql::open_sqlite(config.database_path(), cipher, clock);
  SHIDE_TRY(password, config.secret("store.connection_password_file"));
  std::string connection = config.text("store.connection");
  if (!password.empty()) connection += " password='" + replace_all(replace_all(password, "\\", "\\\\"), "'", "\\'") + "'";
  return store_sql::open_postgresql(connection, cipher, clock);
}

Result<std::string> make_directory(const std::string& path) {
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (!failure) return path;
  Phrase phrase{"assembly.no_directory", {{"path", path}}};
  return Error{ErrorCode::kConfiguration, phrase, "cannot make " + path + ": " + failure.message()};
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  for (std::string_view word : split(line, ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

/// "home-visits digests=methods voices=parents": one for all, and those of single shelves.
Result<void> read_categories(const std::string& line, cms_wordpress::WordpressSite& site) {
  for (const std::string& word : words_of(line)) {
    std::size_t sign = word.find('=');
    if (sign == std::string::npos && site.category.empty()) {
      site.category = word;
      continue;
    }
    auto shelf = sign == std::string::npos ? std::nullopt : model::from_code<model::Shelf>(word.substr(0, sign));
    if (!shelf || sign + 1 == word.size()) return Error{ErrorCode::kConfiguration, {"assembly.publisher_category", {{"word", word}}}};
    site.category_of[*shelf] = word.substr(sign + 1);
  }
  return {};
}

Result<std::unique_ptr<ports::Publisher>> open_publisher(const Config& config) {
  const std::string& kind = config.text("publisher.kind");
  if (kind == "none") return std::unique_ptr<ports::Publisher>(std::make_unique<ports::NullPublisher>());
  SHIDE_TRY(password, config.secret("publisher.password_file"));
  const std::string& url = config.text("publisher.url");
  const std::string& category = config.text("publisher.category");
  const std::string& ca_file = config.text("publisher.ca_file");
  if (kind == "sscms") return std::unique_ptr<ports::Publisher>(std::make_unique<cms_sscms::SscmsPublisher>(cms_sscms::SscmsSite{url, password, category, ca_file}));
  cms_wordpress::WordpressSite site{url, config.text("publisher.user"), password, {}, ca_file};
  SHIDE_CHECK(read_categories(category, site));
  return std::unique_ptr<ports::Publisher>(std::make_unique<cms_wordpress::WordpressPublisher>(std::move(site)));
}

}  // namespace

Result<std::unique_ptr<ports::Ports>> assemble(const Config& config) {
  if (!config.text("schema.directory").empty()) override_resources(config.text("schema.directory"));
  SHIDE_TRY(data, make_directory(config.text("data.directory")));
  SHIDE_TRY(photos, make_directory(data + "/photos"));
  auto ports = std::make_unique<ports::Ports>();
  ports->clock = std::make_unique<SystemClock>(demo_offset(config));
  // A key's age is told by the real clock, in the demo too.
  ports->field_cipher = std::make_unique<cipher_openssl::FieldCipher>(cipher_openssl::KeyFolder(config.key_directory(), std::make_unique<SystemClock>()));
  SHIDE_TRY(store, open_store(config, *ports->field_cipher, *ports->clock));
  ports->store = std::move(store);
  ports->cipher = std::make_unique<cipher_openssl::PasswordCipher>();
  std::string program = config.text("photo.program");
  ports->photo_reader = std::make_unique<photo_helper::ChildPhotoReader>(program.empty() ? beside_this_library("shide-photo") : program);
  ports->photo_vault = std::make_unique<photo_files::PhotoFiles>(photos);
  SHIDE_TRY(publisher, open_publisher(config));
  ports->publisher = std::move(publisher);
  const std::string& keys = config.text("audit.key_directory");
  ports->seal = std::make_unique<seal_files::SealFiles>(keys.empty() ? data + "/audit-keys" : keys);
  ports->deposit = std::make_unique<seal_files::DepositFolder>(config.text("audit.deposit_directory"));
  ports->documents = std::make_unique<office_files::OfficeFiles>();
  if (const std::string& site = config.text("section.public_base_url"); !site.empty()) {
    ports->public_hosts.push_back(std::make_unique<public_http::PublicHttp>(site, words_of(config.text("section.watch_also")), config.text("site.ca_file")));
  }
  const std::string& bridge = config.text("site.bridge_url");
  SHIDE_TRY(key, config.secret("site.ticket_key_file"));
  // The site has no moved day: a ticket's age is told by the real clock, in the demo too.
  if (!key.empty()) ports->directory = std::make_unique<site_bridge::SignedTickets>(bridge, key, std::make_unique<SystemClock>());
  ports->second_factor = model::from_code<ports::SecondFactorPolicy>(config.text("identity.second_factor")).value_or(ports::SecondFactorPolicy::kRequired);
  if (config.flag("site.theme")) ports->theme = std::make_unique<site_bridge::ThemePage>(bridge, config.text("site.ca_file"));
  return ports;
}

}  // namespace shide::door
