// What is particular to SQLite: one file, one writer at a time, locks that a deferred transaction cannot win (356 of 400 races
// lost in WAL mode), and foreign keys that are off until a connection asks for them.
#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Statement.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
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
      session << option, now;
    }
    keep_log_beside(session);
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

 private:
  // Nobody else on the machine reads what families said. The log files take the rights of the database file.
  void make_private() const {
    int file = ::open(path_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
    else if (errno != EEXIST) throw Poco::Data::ConnectionFailedException("the file cannot be made");
  }

  // Readers and the writer do not wait for each other in WAL mode. Switching to it is the one moment SQLite does not wait itself.
  static void keep_log_beside(Poco::Data::Session& session) {
    for (int round = 1;; ++round) {
      try {
        std::string mode;
        session << "PRAGMA journal_mode = WAL", into(mode), now;
        return;
      } catch (const Sqlite::DBLockedException&) {
        if (round == 100) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
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
