#include "host_standalone/connections.h"

#include <Poco/Exception.h>

namespace shide::host_standalone {

using Clock = std::chrono::steady_clock;

bool Connections::enter(const Poco::Net::StreamSocket& socket, Handle& handle) {
  std::string peer = socket.peerAddress().host().toString();
  auto now = Clock::now();
  std::lock_guard lock(mutex_);
  // One that a thread takes from the queue while we end would be waited for as long as it stays silent.
  if (ending_) return false;
  bool limited = limits_.per_peer > 0 && peer != limits_.unlimited_peer;
  if (limited && by_peer_[peer] >= limits_.per_peer && !shut_longest_waiting(&peer)) return false;
  ++by_peer_[peer];
  connections_.push_front({socket, peer, now, now + limits_.waiting});
  handle = connections_.begin();
  return true;
}

void Connections::leave(Handle handle) {
  std::lock_guard lock(mutex_);
  if (!handle->shut) forget(handle->peer);
  connections_.erase(handle);
}

void Connections::forget(const std::string& peer) {
  auto held = by_peer_.find(peer);
  if (held != by_peer_.end() && --held->second == 0) by_peer_.erase(held);
}

void Connections::begin_answer(Handle handle, std::int64_t body_bytes) {
  std::lock_guard lock(mutex_);
  handle->waiting = false;
  handle->deadline = Clock::now() + limits_.answering + std::chrono::minutes(body_bytes >> 20);
}

void Connections::end_answer(Handle handle) {
  std::lock_guard lock(mutex_);
  handle->waiting = true;
  handle->since = Clock::now();
  handle->deadline = handle->since + limits_.waiting;
}

void Connections::sweep(int queued) {
  auto now = Clock::now();
  std::lock_guard lock(mutex_);
  for (Connection& connection : connections_) {
    if (now > connection.deadline) shut(connection);
  }
  while (queued-- > 0 && shut_longest_waiting(nullptr)) {
  }
}

bool Connections::shut_longest_waiting(const std::string* peer) {
  Connection* longest = nullptr;
  for (Connection& connection : connections_) {
    bool fits = connection.waiting && !connection.shut && (!peer || connection.peer == *peer);
    if (fits && (!longest || connection.since < longest->since)) longest = &connection;
  }
  if (!longest) return false;
  shut(*longest);
  return true;
}

void Connections::shut(bool also_answering) {
  std::lock_guard lock(mutex_);
  ending_ = true;
  for (Connection& connection : connections_) {
    if (connection.waiting || also_answering) shut(connection);
  }
}

std::size_t Connections::count() const {
  std::lock_guard lock(mutex_);
  return connections_.size();
}

void Connections::shut(Connection& connection) {
  if (connection.shut) return;
  connection.shut = true;
  forget(connection.peer);
  try {
    connection.socket.shutdown();
  } catch (const Poco::Exception&) {
    // The peer was faster.
  }
}

Connections::Handle& current_connection() {
  thread_local Connections::Handle handle;
  return handle;
}

}  // namespace shide::host_standalone
