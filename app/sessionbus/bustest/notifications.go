//go:build unix && !darwin

package bustest

import (
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	notificationsName = "org.freedesktop.Notifications"
	notificationsPath = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// Service is a notification service (org.freedesktop.Notifications) that a test looks into.
type Service struct {
	t   testing.TB
	bus *dbus.Conn
	can []string

	mu   sync.Mutex
	last uint32
	open map[uint32]Shown
	ever int
}

// Shown is a notification as the service was asked for it.
type Shown struct {
	App, Icon, Title, Body string
	Replaces               uint32
	Actions                []string
	Timeout                int32
	// Picture is true where one came with it.
	Picture bool
}

// NewService puts a service that can do what is listed on the bus.
func NewService(t testing.TB, bus *Bus, can ...string) *Service {
	t.Helper()
	s := &Service{t: t, bus: bus.Connect(), can: can, open: map[uint32]Shown{}}
	if err := s.bus.Export(s, notificationsPath, notificationsName); err != nil {
		t.Fatal(err)
	}
	if _, err := s.bus.RequestName(notificationsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return s
}

// GetCapabilities is called by anyone who notifies.
func (s *Service) GetCapabilities() ([]string, *dbus.Error) { return s.can, nil }

// Notify is called by anyone who notifies.
func (s *Service) Notify(app string, replaces uint32, icon, title, body string, actions []string, hints map[string]dbus.Variant, timeout int32) (uint32, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	number := replaces
	if number == 0 {
		s.last++
		number = s.last
	}
	s.ever++
	s.open[number] = Shown{app, icon, title, body, replaces, actions, timeout, hints["image-data"].Value() != nil}
	return number, nil
}

// CloseNotification is called by anyone who notified.
func (s *Service) CloseNotification(number uint32) *dbus.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, number)
	return nil
}

// Shows waits until the notification with this number has the title.
func (s *Service) Shows(number uint32, title string) Shown {
	s.t.Helper()
	var one Shown
	Until(s.t, "the notification "+title, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		one = s.open[number]
		return one.Title == title
	})
	return one
}

// Dismissed waits until there is none with this number.
func (s *Service) Dismissed(number uint32) {
	s.t.Helper()
	Until(s.t, "the notification to go", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		_, there := s.open[number]
		return !there
	})
}

// Press presses a button of the notification.
func (s *Service) Press(number uint32, action string) {
	s.t.Helper()
	if err := s.bus.Emit(notificationsPath, notificationsName+".ActionInvoked", number, action); err != nil {
		s.t.Fatal(err)
	}
}

// Close closes the notification as a user does.
func (s *Service) Close(number uint32) {
	s.t.Helper()
	s.mu.Lock()
	delete(s.open, number)
	s.mu.Unlock()
	if err := s.bus.Emit(notificationsPath, notificationsName+".NotificationClosed", number, uint32(2)); err != nil {
		s.t.Fatal(err)
	}
}

// Count returns how many are open, and how many were shown ever.
func (s *Service) Count() (open, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open), s.ever
}
