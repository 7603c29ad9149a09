package agent

import (
	"context"
	"net"
	"testing"
	"time"
)

// A few descriptors are not used up, and many leave room for fifty programs at once.
func TestRule45_connectionLimit(t *testing.T) {
	for descriptors, want := range map[uint64]int{0: 8, 64: 16, 256: 64, 1024: 256, 1 << 20: 256} {
		if got := connectionLimit(descriptors); got != want {
			t.Errorf("of %d descriptors: %d, want %d", descriptors, got, want)
		}
	}
	p := ownPlace(t)
	startAgent(t, &fakeCore{}, Options{})
	var all []net.Conn
	for range connectionLimit(descriptorLimit()) {
		conn, err := net.Dial("unix", p.socket())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		all = append(all, conn)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := Dial(ctx); err == nil {
		t.Error("one more was answered")
	}
	for _, conn := range all {
		_ = conn.Close()
	}
	connect(t)
}
