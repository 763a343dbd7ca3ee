// What is stored, without the tables that were only asked: two of these are equal when nothing was written between.
#pragma once

#include "support/memory_store.h"

namespace shide::testing {

inline MemoryStore::Tables filled_tables(const MemoryStore& store) {
  MemoryStore::Tables tables = store.tables();
  std::erase_if(tables, [](const auto& table) { return table.second.empty(); });
  return tables;
}

}  // namespace shide::testing
