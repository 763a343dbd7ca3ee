#include "contract/sql_quirks.h"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <cstdlib>
#include <stdexcept>

#include "cipher_openssl/field_cipher.h"

namespace shide::testing {

using namespace Poco::Data::Keywords;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::unique_ptr<ports::Store> opened(Result<std::unique_ptr<ports::Store>> store) {
  if (!store) throw std::runtime_error(store.error().detail);
  return std::move(*store);
}

std::set<std::string> columns(Poco::Data::Session& session, const std::string& sql, std::string table) {
  std::vector<std::string> names, types;
  std::vector<int> nullable;
  session << sql, into(names), into(types), into(nullable), use(table), now;
  std::set<std::string> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string type = types[i] == "bigint" ? "BIGINT" : types[i] == "text" ? "TEXT" : types[i];
    found.insert(names[i] + " " + type + (nullable[i] ? " null" : ""));
  }
  return found;
}

std::vector<std::string> texts(Poco::Data::Session& session, const std::string& table, const std::string& column) {
  std::vector<std::string> found;
  session << "SELECT " + column + " FROM " + table + " ORDER BY id", into(found), now;
  return found;
}

}  // namespace

ports::FieldCipher& file_cipher() {
  static TemporaryFolder folder("shide-keys");
  static cipher_openssl::FieldCipher cipher(cipher_openssl::KeyFolder(folder.path(), std::make_unique<SystemClock>()));
  return cipher;
}

std::unique_ptr<ports::Store> SqlQuirks::open_empty(const Clock& clock) {
  auto store = open_bare(clock);
  auto taken = store->migrate();
  if (!taken) throw std::runtime_error("migrate: " + taken.error().detail);
  return store;
}

std::string SqliteQuirks::path() const { return folder_.path() + "/" + std::to_string(number_) + ".db"; }

std::unique_ptr<ports::Store> SqliteQuirks::open_bare(const Clock& clock) {
  ++number_;
  return open_again(clock);
}

std::unique_ptr<ports::Store> SqliteQuirks::open_with(ports::FieldCipher& cipher, const Clock& clock) { return opened(store_sql::open_sqlite(path(), cipher, clock)); }

void SqliteQuirks::execute(const std::string& sql) {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, path());
  session << sql, now;
}

std::set<std::string> SqliteQuirks::columns_of(const std::string& table) {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, path());
  return columns(session, "SELECT name, type, 1 - \"notnull\" FROM pragma_table_info($1)", table);
}

std::vector<std::string> SqliteQuirks::files() { return {path(), path() + "-wal", path() + "-shm"}; }

std::vector<std::string> SqliteQuirks::texts_of(const std::string& table, const std::string& column) {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, path());
  return texts(session, table, column);
}

std::string PostgresqlQuirks::connection() const {
  return environment("SHIDE_TEST_POSTGRESQL") + " options=-csearch_path=" + schema();
}

std::optional<std::string> PostgresqlQuirks::missing() const {
  if (!environment("SHIDE_TEST_POSTGRESQL").empty()) return std::nullopt;
  return "SHIDE_TEST_POSTGRESQL does not name a server; tests/run starts one";
}

std::unique_ptr<ports::Store> PostgresqlQuirks::open_bare(const Clock& clock) {
  if (number_ > 0) execute("DROP SCHEMA IF EXISTS " + schema() + " CASCADE");
  ++number_;
  execute("DROP SCHEMA IF EXISTS " + schema() + " CASCADE");
  execute("CREATE SCHEMA " + schema());
  return open_again(clock);
}

std::unique_ptr<ports::Store> PostgresqlQuirks::open_with(ports::FieldCipher& cipher, const Clock& clock) { return opened(store_sql::open_postgresql(connection(), cipher, clock)); }

bool PostgresqlQuirks::restart() {
  std::string command = environment("SHIDE_TEST_POSTGRESQL_RESTART");
  if (command.empty()) return false;
  if (std::system(command.c_str()) != 0) throw std::runtime_error("PostgreSQL did not restart");
  return true;
}

void PostgresqlQuirks::cut_connections() {
  execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

void PostgresqlQuirks::execute(const std::string& sql) {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  session << "SET client_min_messages = warning", now;
  session << sql, now;
}

std::vector<std::string> PostgresqlQuirks::files() {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  std::string directory;
  session << "CHECKPOINT", now;
  session << "SELECT current_setting('data_directory')", into(directory), now;
  std::error_code failure;
  std::filesystem::directory_iterator readable(directory, failure);
  return failure ? std::vector<std::string>{} : std::vector<std::string>{directory};
}

std::vector<std::string> PostgresqlQuirks::texts_of(const std::string& table, const std::string& column) {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  return texts(session, table, column);
}

std::set<std::string> PostgresqlQuirks::columns_of(const std::string& table) {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  return columns(session,
                 "SELECT column_name::text, data_type::text, (is_nullable = 'YES')::int FROM information_schema.columns "
                 "WHERE table_schema = current_schema() AND table_name = $1",
                 table);
}

}  // namespace shide::testing
