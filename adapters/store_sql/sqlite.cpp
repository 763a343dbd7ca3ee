// What is particular to SQLite: one file, one writer at a time, locks that a deferred transaction cannot win (356 of 400 races
// lost in WAL mode), and foreign keys that are off until a connection asks for them.
#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Statement.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

#include "store_sql/dialect.h"

namespace shide::store_sql {
namespace {

using namespace Poco::Data::Keywords;
namespace Sqlite = Poco::Data::SQLite;

// Poco goes on trying for a minute otherwise.
constexpr std::size_t kSecondsToOpen = 2;

class SqliteDialect : public Dialect {
 public:
  explicit SqliteDialect(std::string path) : path_(std::move(path)) {}

  std::string_view name() const override { return "sqlite"; }
  std::string_view byte_order() const override { return ""; }
  bool has_one_writer() const override { return true; }

  Poco::Data::Session open() override {
    static std::once_flag once;
    std::call_once(once, [] { Sqlite::Connector::registerConnector(); });
    make_private();
    Poco::Data::Session session(Sqlite::Connector::KEY, path_, kSecondsToOpen);
    // SQLite's own waiting becomes lazy after some 30 ms and starves against a busy neighbour: the wrapper asks again instead.
    // A reader needs little memory, many processes have one each.
    for (const char* option : {"PRAGMA busy_timeout = 20", "PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -512",
                               "PRAGMA secure_delete = ON"}) {
      patiently([&] { session << option, now; });
    }
    // Readers and the writer do not wait for each other in WAL mode.
    std::string mode;
    patiently([&] { session << "PRAGMA journal_mode = WAL", into(mode), now; });
    return session;
  }

  std::vector<Sql> begin(const Writer& writer) const override { return {Sql(writer.writes ? "BEGIN IMMEDIATE" : "BEGIN")}; }

  Fault fault_of(const Poco::Exception& exception, Poco::Data::Session&) const override {
    auto is = [&]<class... E>() { return ((dynamic_cast<const E*>(&exception) != nullptr) || ...); };
    if (is.operator()<Sqlite::DBLockedException, Sqlite::TableLockedException>()) return Fault::kBusy;
    // The only place that reads the words of a message; "UNIQUE constraint failed: accounts.school_id, accounts.login".
    bool unique = exception.message().find("UNIQUE constraint") != std::string::npos;
    if (is.operator()<Sqlite::ConstraintViolationException>()) return unique ? Fault::kDuplicate : Fault::kBug;
    if (is.operator()<Sqlite::DatabaseFullException, Sqlite::IOErrorException, Sqlite::CantOpenDBFileException, Sqlite::ReadOnlyException,
                      Poco::Data::ConnectionFailedException>()) {
      return Fault::kDown;
    }
    return Fault::kBug;
  }

  std::string detail_of(const Poco::Exception& exception) const override { return std::string("SQLite: ") + exception.name(); }

  Sql find_table(std::string table) const override {
    Sql sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ");
    return sql.bind(std::move(table)).gives(model::ColumnType::kText);
  }

  std::vector<Sql> checks(const std::vector<std::string>&) const override {
    std::vector<Sql> statements = {Sql("PRAGMA integrity_check"),
                                   Sql("SELECT 'a row of ' || \"table\" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check")};
    for (Sql& one : statements) one.gives(model::ColumnType::kText);
    return statements;
  }

  // What is freed is written over with nought (secure_delete); the log still holds old pages.
  Result<void> forget_old_rows(const std::vector<std::string>&) override {
    Poco::Data::Session session = open();
    patiently([&] { session << "VACUUM", now; });
    int busy = 0, in_log = 0, moved = 0;
    patiently([&] { session << "PRAGMA wal_checkpoint(TRUNCATE)", into(busy), into(in_log), into(moved), now; });
    return {};
  }

  // VACUUM INTO reads one state of the database, as any reader does, and leaves no log beside the copy.
  Result<void> copy_to(const std::string& path) override {
    Poco::Data::Session session = open();
    std::string target = path;
    session << "VACUUM INTO $1", use(target), now;
    return close_to_others(path);
  }

  Result<void> take_copy(const std::string& path) override {
    std::ifstream from(path, std::ios::binary);
    if (!from) return unavailable("the copy cannot be read");
    if (::access(path_.c_str(), F_OK) == 0) return Error{ErrorCode::kDuplicate, {"store.there"}};
    // Under another name until it is whole, so that a copy cut off is no database.
    std::string growing = path_ + ".restoring";
    std::ofstream to(growing, std::ios::binary | std::ios::trunc);
    to << from.rdbuf();
    to.close();
    if (!to) return unavailable("the copy cannot be written");
    SHIDE_CHECK(close_to_others(growing));
    if (::link(growing.c_str(), path_.c_str()) != 0) return Error{ErrorCode::kDuplicate, {"store.there"}};
    ::unlink(growing.c_str());
    return {};
  }

 private:
  // Nobody else on the machine reads what families said. The log files take the rights of the database file.
  void make_private() const {
    int file = ::open(path_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
    else if (errno != EEXIST) throw Poco::Data::ConnectionFailedException("the file cannot be made");
  }

  // While somebody switches the file to WAL mode, even reading it for an option is refused, and SQLite does not wait by itself.
  template <class Step>
  static void patiently(const Step& step) {
    for (int round = 1;; ++round) {
      try {
        return step();
      } catch (const Sqlite::DBLockedException&) {
        if (round == 100) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
  }

  static Error unavailable(const char* what) { return {ErrorCode::kUnavailable, {"store.unavailable"}, std::string("SQLite: ") + what}; }

  /// Only for its owner, and on the disk.
  static Result<void> close_to_others(const std::string& path) {
    int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool done = file >= 0 && ::fchmod(file, 0600) == 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!done) return unavailable("the copy cannot be kept");
    return {};
  }

  std::string path_;
};

}  // namespace

Result<std::unique_ptr<Dialect>> make_sqlite(std::string path) {
  // Every connection would have a memory of its own.
  if (path.empty() || path.find(":memory:") != std::string::npos) {
    return Error{ErrorCode::kConfiguration, {"store.no_database"}, "SQLite needs the path of a file"};
  }
  return std::unique_ptr<Dialect>(std::make_unique<SqliteDialect>(std::move(path)));
}

}  // namespace shide::store_sql
