// The store in memory keeps the rules of the databases.
#include "contract/store_contract.h"
#include "support/memory_store.h"

namespace shide::testing {
namespace {

class MemoryQuirks : public StoreQuirks {
 public:
  std::string name() const override { return "Memory"; }
  std::unique_ptr<ports::Store> open_empty(const Clock& clock) override { return std::make_unique<MemoryStore>(clock); }
};

MemoryQuirks quirks;
const TakesPart kTakesPart(quirks);

}  // namespace
}  // namespace shide::testing
