// Gives up, for the rest of this process, everything but computing, reading descriptor 0 and writing descriptor 1: no file,
// no network, no other process, 512 MiB, 5 seconds of processor. To be called before the first byte is read.
#pragma once

namespace shide::photo_helper {

/// False when any of it is refused; the caller must then not go on.
bool confine();

}  // namespace shide::photo_helper
