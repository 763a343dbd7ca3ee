// A photo that came with a form and is above the limit of one file: refused by its size, its bytes were never kept.
#pragma once

#include "base/error.h"
#include "web/form.h"

namespace shide::web {

Error too_large_photo(const Upload& upload);

}  // namespace shide::web
