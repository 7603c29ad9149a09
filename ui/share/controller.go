package share

import (
	"context"
	"image"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/ui/bridge"
	"daypass/ui/clipboard"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// Sharer signs links.
type Sharer interface {
	Share(ctx context.Context, bucket, key, version string, lifetime time.Duration) (buckets.Link, error)
}

// File is what the link leads to.
type File struct {
	// Connection is the ID of its connection, and Server what that is called.
	Connection, Server string
	Bucket, Key        string
	// Name is how it is shown, and LocalName what a download of it is called.
	Name, LocalName string
	// Renews is true where the credentials can be renewed.
	Renews bool
}

// Controller is one link being made, while its sheet is open, and what the user can do in that. It belongs to the UI
// thread.
type Controller struct {
	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	now       func() time.Time
	sharer    Sharer
	file      File
	lifetime  time.Duration
	state     State
	show      func(Model)
	// ctx ends with the sheet, and with it what it waits for.
	ctx    context.Context
	cancel context.CancelFunc
	sign   *task.Task
	delay  *task.Task
	// issued is when the credentials were issued that are being replaced; zero for none.
	issued time.Time
}

// New returns the controller of a sheet that is about to open. dispatch runs a function on the UI thread.
func New(agent *bridge.Bridge, c *clipboard.Clipboard, dispatch func(func()), now func() time.Time, sharer Sharer, file File) *Controller {
	s := &Controller{agent: agent, clipboard: c, now: now, sharer: sharer, file: file, lifetime: lifetimes[0]}
	s.ctx, s.cancel = context.WithCancel(agent.Context)
	s.sign, s.delay = task.New(s.ctx, dispatch), task.New(s.ctx, dispatch)
	s.state = State{Name: file.Name, Renews: file.Renews, Server: file.Server}
	return s
}

// Model returns what the sheet shows.
func (s *Controller) Model() Model { return Present(s.state, s.now()) }

// Begin signs the first link; show shows the sheet as it is then, and whenever it changes.
func (s *Controller) Begin(show func(Model)) {
	s.show = show
	s.signLink()
}

// Close ends what the sheet waits for.
func (s *Controller) Close() {
	s.sign.Drop()
	s.cancel()
}

func (s *Controller) render() {
	if s.ctx.Err() == nil {
		s.show(s.Model())
	}
}

// SetLifetime signs the link again, for another lifetime.
func (s *Controller) SetLifetime(d time.Duration) {
	s.lifetime = d
	s.signLink()
}

// signLink signs the link; the credentials for that come from the agent.
func (s *Controller) signLink() {
	lifetime := s.lifetime
	task.Run(s.sign, func(ctx context.Context) (buckets.Link, error) {
		return s.sharer.Share(ctx, s.file.Bucket, s.file.Key, "", lifetime)
	}, s.signed)
	wait.Answer(s.sign, 0, func(w wait.Wait) {
		s.state.Wait = w
		s.render()
	})
}

func (s *Controller) signed(link buckets.Link, err error) {
	s.state.Link, s.state.Problem, s.state.Renewing, s.state.Copied, s.state.Wait = &link, nil, false, false, wait.None
	if err != nil {
		s.state.Link, s.state.Problem = nil, problem.Of(err)
	}
	s.render()
}

// CopyLink copies the link.
func (s *Controller) CopyLink() {
	if s.state.Link != nil {
		s.copy(s.state.Link.URL.Reveal())
	}
}

// CopyCurl copies a command that downloads the file by the link.
func (s *Controller) CopyCurl() {
	if s.state.Link != nil {
		s.copy(s.state.Link.Curl(s.file.LocalName).Reveal())
	}
}

// copy copies the link, which stays on the clipboard until it expires: unlike credentials, a link may be pasted hours
// later, and from then on it is worth nothing.
func (s *Controller) copy(text string) {
	s.clipboard.CopySecret(text, max(time.Second, s.state.Link.ExpiresAt.Sub(s.now())), func() {
		s.state.Copied = true
		s.render()
	})
}

// Renew requests new credentials; the link is signed again when they are there. Credentials so fresh that nobody gets
// newer ones are first left to age.
func (s *Controller) Renew() {
	now := s.agent.Session(s.file.Connection)
	s.issued, s.state.Renewing = now.IssuedAt, true
	s.render()
	pause := max(0, now.IssuedAt.Add(session.FreshEnough).Sub(s.now()))
	task.Run(s.delay, func(ctx context.Context) (struct{}, error) {
		select {
		case <-time.After(pause):
			return struct{}{}, nil
		case <-ctx.Done():
			return struct{}{}, ctx.Err()
		}
	}, func(_ struct{}, err error) {
		if err == nil {
			s.requestCredentials()
		}
	})
}

func (s *Controller) requestCredentials() {
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.RenewNow(ctx, s.file.Connection)
		if err != nil {
			s.agent.Dispatch(func() { s.signed(buckets.Link{}, err) })
		}
		return nil
	})
}

// Follow signs the link again when the credentials that were requested are there, or will not come. It is called for
// each snapshot.
func (s *Controller) Follow() {
	if s.issued.IsZero() {
		return
	}
	now := s.agent.Session(s.file.Connection)
	coming := now.Phase == session.Active || now.Phase == session.Renewing
	if !coming || now.Failures > 0 || !now.IssuedAt.Equal(s.issued) {
		s.issued = time.Time{}
		s.signLink()
	}
}

// QR draws the link, or says why that cannot be done.
func (s *Controller) QR() (picture image.Image, fault string) {
	if s.state.Link == nil {
		return nil, ""
	}
	picture, drawn := present.QRCode(s.state.Link.URL.Reveal())
	if !drawn {
		return nil, messages.Text("share.qr.too-long")
	}
	return picture, ""
}
