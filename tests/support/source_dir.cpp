#include "support/source_dir.h"

namespace shide::test {

std::filesystem::path source_dir() { return SHIDE_SOURCE_DIR; }

}  // namespace shide::test
