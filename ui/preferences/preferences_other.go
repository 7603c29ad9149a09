//go:build !linux && !windows

package preferences

import "context"

// Watch calls changed once, with the zero Preferences: there is no way to ask this system without its own libraries.
func Watch(ctx context.Context, changed func(Preferences)) {
	changed(Preferences{})
	<-ctx.Done()
}
