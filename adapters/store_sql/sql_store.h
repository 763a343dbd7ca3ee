// ports::Store by SQL, once for all nouns and both databases. Nothing is opened before the first use, so a store may be made
// before a fork. The database must have taken all steps: `migrate()`.
//
//     auto store = store_sql::open_sqlite("/var/lib/shide/shide.db", cipher, clock);
//     if (auto* error = store.if_error()) ...
//     (*store)->migrate();
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "ports/cipher.h"
#include "ports/store.h"

namespace shide::store_sql {

/// `path` names a file, made readable for its owner alone if it is not there. `cipher` and `clock` must live as long as the store.
Result<std::unique_ptr<ports::Store>> open_sqlite(std::string path, ports::FieldCipher& cipher, const Clock& clock);

/// `connection` as libpq takes it, but without blanks in its values: "host=... port=... user=... dbname=... passfile=...". Direct, not through a pooler in
/// transaction mode, which loses the kept statements. `cipher` and `clock` must live as long as the store.
Result<std::unique_ptr<ports::Store>> open_postgresql(std::string connection, ports::FieldCipher& cipher, const Clock& clock);

}  // namespace shide::store_sql
