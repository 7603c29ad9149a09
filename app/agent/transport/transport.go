// Package transport carries requests to a user's agent: over a unix socket in the runtime folder, and on Windows over
// a named pipe that belongs to that folder. Each end can find out whose process is at the other.
package transport
