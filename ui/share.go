package ui

import (
	"context"
	"image"
	"image/color"
	"time"

	"rsc.io/qr"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/session"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/view"
)

// sharing is a link being made, while its sheet is open.
type sharing struct {
	u           *Window
	ctx         context.Context
	server      Sharer
	session     string
	bucket, key string
	life        time.Duration
	state       present.Sharing
	sheet       *view.ShareSheet
	turn        int
	// issued is when the keys were issued in whose place new ones are awaited; zero for none.
	issued time.Time
	// stopWait ends what says that the link is awaited.
	stopWait func()
}

// share makes a link to the file that is chosen.
func (u *Window) share(s *storage) {
	e, ok := s.selection.Single()
	if !ok || e.Folder || s.At().Root() {
		return
	}
	ctx, cancel := context.WithCancel(u.ctx)
	sh := &sharing{
		u: u, ctx: ctx, server: s.server, session: u.shown.Session.ID, bucket: s.At().Bucket, key: e.Key, life: present.ShareLives[0].Life,
		state:    present.Sharing{Name: s.Name(e), Renews: u.shown.Session.Can.Renew, Server: u.shown.Session.Name},
		stopWait: func() {},
	}
	sh.sheet = u.view.ShowShare(present.PresentShare(sh.state, u.input.Now), view.ShareActs{
		Life:     func(d time.Duration) { sh.life = d; sh.make() },
		CopyLink: func() { sh.copy(sh.state.Link.URL.Reveal()) },
		CopyCurl: func() { sh.copy(sh.state.Link.Curl(localName(sh.key)).Reveal()) },
		QR:       sh.qr, Renew: sh.renew,
		Left: func() { cancel(); sh.stopWait(); u.sharing = nil },
	})
	u.sharing = sh
	sh.make()
}

// make signs the link; the keys for that come from the agent.
func (s *sharing) make() {
	s.turn++
	turn, life := s.turn, s.life
	s.stopWait()
	s.stopWait = s.u.wait(func(w present.Wait) {
		s.state.Wait = w
		s.show()
	})
	go func() {
		link, err := s.server.Share(s.ctx, s.bucket, s.key, "", life)
		s.u.Dispatch(func() {
			if s.ctx.Err() == nil && turn == s.turn {
				s.made(link, err)
			}
		})
	}()
}

// copy copies the link, which stays on the clipboard until it ends: unlike credentials, a link may be pasted hours
// later, and from then on it is worth nothing.
func (s *sharing) copy(text string) {
	s.u.clipboard.CopySecret(text, max(time.Second, s.state.Link.Ends.Sub(s.u.Now())), func() {
		s.state.Copied = s.ctx.Err() == nil
		s.show()
	})
}

func (s *sharing) made(link buckets.Link, err error) {
	s.stopWait()
	s.state.Link, s.state.Problem, s.state.Renewing, s.state.Copied, s.state.Wait = &link, nil, false, false, present.NoWait
	if err != nil {
		s.state.Link, s.state.Problem = nil, problem.Of(err)
	}
	s.show()
}

func (s *sharing) show() { s.sheet.Update(present.PresentShare(s.state, s.u.Now())) }

// renew asks for new keys; the link is made anew when they are there. Keys so fresh that nobody gets newer
// ones are first left to age.
func (s *sharing) renew() {
	now := s.u.agent.Session(s.session)
	s.issued, s.state.Renewing = now.IssuedAt, true
	s.show()
	time.AfterFunc(max(0, now.IssuedAt.Add(session.FreshEnough).Sub(s.u.Now())), func() { s.u.Dispatch(s.askForKeys) })
}

func (s *sharing) askForKeys() {
	if s.ctx.Err() != nil {
		return
	}
	s.u.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.RenewNow(ctx, s.session)
		if err != nil {
			s.u.Dispatch(func() { s.made(buckets.Link{}, err) })
		}
		return nil
	})
}

// follow makes the link anew when the keys that were asked for are there, or will not come.
func (s *sharing) follow() {
	if s.issued.IsZero() {
		return
	}
	now := s.u.agent.Session(s.session)
	coming := now.Phase == session.Active || now.Phase == session.Renewing
	if !coming || now.Failures > 0 || !now.IssuedAt.Equal(s.issued) {
		s.issued = time.Time{}
		s.make()
	}
}

// qr draws the link. What a code holds at most is set by its kind.
func (s *sharing) qr() (picture image.Image, fault string) {
	code, err := qr.Encode(s.state.Link.URL.Reveal(), qr.L)
	if err != nil {
		return nil, "This link is too long for a QR code: your keys are too large. Copy it instead."
	}
	const quiet = 4 // the white around it that readers need
	side := code.Size + 2*quiet
	dots := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			if !code.Black(x-quiet, y-quiet) {
				dots.SetGray(x, y, color.Gray{Y: 0xff})
			}
		}
	}
	return dots, ""
}

// localName is the last part of a key, for a file of this computer.
func localName(key string) string {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '/' {
			return key[i+1:]
		}
	}
	return key
}
