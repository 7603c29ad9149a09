//go:build !linux && !darwin && !windows

package peer

import "net/netip"

func sameUser(netip.AddrPort, netip.AddrPort) (bool, error) { return false, ErrUnknown }
