#include "host_standalone/connections.h"

#include <Poco/Exception.h>

namespace shide::host_standalone {

bool Connections::enter(const Poco::Net::StreamSocket& socket, Handle& handle) {
  std::string peer = socket.peerAddress().host().toString();
  std::lock_guard lock(mutex_);
  int& held = by_peer_[peer];
  if (limits_.per_peer > 0 && peer != limits_.unlimited_peer && held >= limits_.per_peer) return false;
  ++held;
  connections_.push_front({socket, peer, std::chrono::steady_clock::now() + limits_.waiting});
  handle = connections_.begin();
  return true;
}

void Connections::leave(Handle handle) {
  std::lock_guard lock(mutex_);
  auto held = by_peer_.find(handle->peer);
  if (--held->second == 0) by_peer_.erase(held);
  connections_.erase(handle);
}

void Connections::begin_answer(Handle handle, std::int64_t body_bytes) {
  std::lock_guard lock(mutex_);
  handle->waiting = false;
  handle->deadline = std::chrono::steady_clock::now() + limits_.answering + std::chrono::minutes(body_bytes >> 20);
}

void Connections::end_answer(Handle handle) {
  std::lock_guard lock(mutex_);
  handle->waiting = true;
  handle->deadline = std::chrono::steady_clock::now() + limits_.waiting;
}

void Connections::sweep() {
  auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  for (Connection& connection : connections_) {
    if (now > connection.deadline) shut(connection);
  }
}

void Connections::shut(bool also_answering) {
  std::lock_guard lock(mutex_);
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
