package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daypass/app/messages"
)

// sessionLimit is when a session is to end, as the flags of a sign-in say it.
type sessionLimit struct {
	duration time.Duration
	until    string
}

func (l *sessionLimit) flags(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&l.duration, "for", 0, "")
	cmd.Flags().StringVar(&l.until, "until", "", "")
}

// never is what --until says of a session that is to have no limit.
const never = "never"

// end returns when the session is to end at the latest: the zero time for never. It is not set where no flag is given.
func (l sessionLimit) end(now time.Time) (at time.Time, set bool, err error) {
	invalid := usageError{errors.New(messages.Text("cli.error.login-limit"))}
	switch {
	case l.duration != 0 && l.until != "", l.duration < 0:
		return at, false, invalid
	case l.duration > 0:
		return now.Add(l.duration), true, nil
	case l.until == "":
		return at, false, nil
	case strings.EqualFold(l.until, never):
		return at, true, nil
	}
	clock, err := time.Parse("15:04", l.until)
	if err != nil {
		return at, false, invalid
	}
	at = time.Date(now.Year(), now.Month(), now.Day(), clock.Hour(), clock.Minute(), 0, 0, now.Location())
	if !now.Before(at) {
		at = time.Date(now.Year(), now.Month(), now.Day()+1, clock.Hour(), clock.Minute(), 0, 0, now.Location())
	}
	return at, true, nil
}

// limit has the session end at the time that the flags say, and says so.
func (in *signIn) limit(ctx context.Context) error {
	if !in.limited {
		return nil
	}
	if err := in.f.core.LimitSession(ctx, in.f.before.ID, in.until); err != nil {
		return err
	}
	if in.until.IsZero() {
		in.p.say(messages.Text("cli.login.unlimited"))
		return nil
	}
	in.p.say(messages.Text("cli.login.limited", messages.Args{"Moment": formatter().Moment(in.until, time.Now())}))
	return nil
}
