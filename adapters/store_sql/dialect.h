// What differs between the databases: how a session is opened, how a transaction begins, what an exception means.
#pragma once

#include <Poco/Data/Session.h>
#include <Poco/Exception.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store_sql/sql.h"

namespace shide::store_sql {

enum class Fault {
  kNone,
  kBusy,       // somebody else had the lock: nothing happened, the closure may run again
  kLost,       // the connection is dead, perhaps since a while: another one may live
  kDuplicate,  // a unique key is taken
  kDown,       // disk full, file not readable: waiting may help
  kBug         // SQL that cannot work, a reference to nothing
};

/// Who writes: writers of one school wait for each other; one who may see all schools waits for all.
struct Writer {
  bool writes = false;
  std::string school;  // empty: all schools
};

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view name() const = 0;  // the folder below schema/sql
  /// Opens a session and sets its options. Throws Poco::Exception.
  virtual Poco::Data::Session open() = 0;
  /// Statements that begin a transaction; each is executed in order.
  virtual std::vector<Sql> begin(const Writer& writer) const = 0;
  virtual Fault fault_of(const Poco::Exception& exception, Poco::Data::Session& session) const = 0;
  /// A few characters for the log, without any value from the database.
  virtual std::string detail_of(const Poco::Exception& exception) const = 0;
  /// After a text that is compared or sorted: the order of its bytes, as everywhere else in the software.
  virtual std::string_view byte_order() const = 0;
  /// Only one transaction of the whole database may write at a time.
  virtual bool has_one_writer() const = 0;
  /// Gives one row if the table is there.
  virtual Sql find_table(std::string table) const = 0;
  /// Statements that look at everything in these tables: each row they give is a fault in words, or "ok".
  virtual std::vector<Sql> checks(const std::vector<std::string>& tables) const = 0;
  /// Rows that were changed leave their old text in the file until something else is written there: it is written over now. May
  /// throw Poco::Exception.
  virtual Result<void> forget_old_rows(const std::vector<std::string>& tables) = 0;
  /// As of ports::Store. May throw Poco::Exception.
  virtual Result<void> copy_to(const std::string& path) = 0;
  virtual Result<void> take_copy(const std::string& path) = 0;
};

Result<std::unique_ptr<Dialect>> make_sqlite(std::string path);
Result<std::unique_ptr<Dialect>> make_postgresql(std::string connection);

}  // namespace shide::store_sql
