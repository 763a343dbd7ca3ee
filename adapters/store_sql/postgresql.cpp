// What is particular to PostgreSQL: writers of a school line up at an advisory lock, so that a verb sees what it decides upon
// as on the other stores; the order of texts must be asked for; the kind of an error stands only in the message.
#include <Poco/Data/DataException.h>
#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/Statement.h>

#include <mutex>

#include "store_sql/dialect.h"

namespace shide::store_sql {
namespace {

using namespace Poco::Data::Keywords;

constexpr std::size_t kSecondsToOpen = 5;

// "SHID": ours among the locks of whoever else uses the database.
constexpr const char* kEverySchool = "1397246276";

/// "23505" of "... Severity: ERROR State: 23505 Detail: ..."; empty when there is none. The only place that reads the message.
std::string state_of(const Poco::Exception& exception) {
  constexpr std::string_view kMark = "State: ";
  const std::string& message = exception.message();
  std::size_t at = message.find(kMark);
  return at == std::string::npos || message.size() < at + kMark.size() + 5 ? "" : message.substr(at + kMark.size(), 5);
}

class PostgresqlDialect : public Dialect {
 public:
  explicit PostgresqlDialect(std::string connection) : connection_(std::move(connection)) {}

  std::string_view name() const override { return "postgresql"; }
  std::string_view byte_order() const override { return " COLLATE \"C\""; }
  bool has_one_writer() const override { return false; }

  Poco::Data::Session open() override {
    static std::once_flag once;
    std::call_once(once, [] { Poco::Data::PostgreSQL::Connector::registerConnector(); });
    Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection_, kSecondsToOpen);
    // Notices and warnings would go to the error log of the web server.
    for (const char* option : {"SET client_min_messages = error", "SET client_encoding = 'UTF8'", "SET lock_timeout = '9s'",
                               "SET statement_timeout = '60s'", "SET idle_in_transaction_session_timeout = '60s'"}) {
      session << option, now;
    }
    return session;
  }

  // The locks are the first statement: a snapshot taken before the wait would be old. READ COMMITTED takes a new one for each
  // statement; since no other writer of the school is at work, a verb sees one state.
  std::vector<Sql> begin(const Writer& writer) const override {
    if (!writer.writes) return {Sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")};
    std::string every_school(kEverySchool);
    Sql lock;
    if (writer.school.empty()) {
      lock.text("SELECT pg_advisory_xact_lock(" + every_school + ")::text").gives(model::ColumnType::kText);
    } else {
      lock.text("SELECT pg_advisory_xact_lock_shared(" + every_school + ")::text, pg_advisory_xact_lock(" + every_school + ", hashtext(");
      lock.bind(writer.school).text("))::text").gives(model::ColumnType::kText).gives(model::ColumnType::kText);
    }
    return {Sql("BEGIN ISOLATION LEVEL READ COMMITTED"), std::move(lock)};
  }

  Fault fault_of(const Poco::Exception& exception, Poco::Data::Session& session) const override {
    std::string state = state_of(exception);
    if (!session.isConnected() || state.starts_with("08") || state.starts_with("57P") || state == "25P03") return Fault::kLost;
    if (state == "40001" || state == "40P01" || state == "55P03") return Fault::kBusy;
    if (state == "23505") return Fault::kDuplicate;
    if (state.starts_with("53") || state.starts_with("58") || state == "57014" || state == "25006") return Fault::kDown;
    return Fault::kBug;
  }

  std::string detail_of(const Poco::Exception& exception) const override {
    std::string state = state_of(exception);
    return "PostgreSQL: " + (state.empty() ? std::string(exception.name()) : state);
  }

  Sql find_table(std::string table) const override {
    Sql sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = ");
    return sql.bind(std::move(table)).gives(model::ColumnType::kText);
  }

  // The server checks its pages and references itself, but only what is read: so every value is.
  std::vector<Sql> checks(const std::vector<std::string>& tables) const override {
    std::vector<Sql> statements;
    for (const std::string& table : tables) {
      Sql read("SELECT CASE WHEN coalesce(max(length(t::text)), 0) >= 0 THEN 'ok' END FROM " + table + " t");
      statements.push_back(read.gives(model::ColumnType::kText));
    }
    return statements;
  }

  // The table's files are written anew. The server's own log is beyond us: it is told in the guide.
  Result<void> forget_old_rows(const std::vector<std::string>& tables) override {
    Poco::Data::Session session = open();
    for (const std::string& table : tables) session << "VACUUM FULL " + table, now;
    return {};
  }

  Result<void> copy_to(const std::string&) override { return own_tools(); }
  Result<void> take_copy(const std::string&) override { return own_tools(); }

 private:
  static Error own_tools() { return {ErrorCode::kConfiguration, {"store.own_tools"}}; }

  std::string connection_;
};

}  // namespace

Result<std::unique_ptr<Dialect>> make_postgresql(std::string connection) {
  if (connection.empty()) return Error{ErrorCode::kConfiguration, {"store.no_database"}, "PostgreSQL needs a connection text"};
  return std::unique_ptr<Dialect>(std::make_unique<PostgresqlDialect>(std::move(connection)));
}

}  // namespace shide::store_sql
