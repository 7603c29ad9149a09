package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/tools"
)

func (p *program) loginCommand() *cobra.Command {
	var device, yes bool
	var limit sessionLimit
	cmd := &cobra.Command{
		Use: "login NAME", Args: arguments(1, 1),
		Example: "daypass login lake\ndaypass login lake --until 18:00",
		RunE: func(cmd *cobra.Command, args []string) error {
			until, limited, err := limit.end(time.Now())
			if err != nil {
				return err
			}
			return p.onSession(func(p *program, ctx context.Context, f follower) error {
				in := signIn{p: p, f: f, stdin: cmd.InOrStdin(), yes: yes, until: until, limited: limited}
				return in.run(ctx, device)
			})(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&device, "device", false, "")
	cmd.Flags().BoolVar(&yes, "yes", false, "")
	limit.flags(cmd)
	completeNames(cmd)
	return cmd
}

func (p *program) logoutCommand() *cobra.Command {
	return &cobra.Command{
		Use: "logout NAME", Args: arguments(1, 1),
		RunE: p.onSession((*program).logout),
	}
}

// follower is one session of a core, and the watch on which it is seen to change.
type follower struct {
	core  app.Core
	watch <-chan app.Snapshot
	// before is the session as it was when the command began.
	before app.Session
}

// onSession runs a command on the session that its argument names.
func (p *program) onSession(do func(*program, context.Context, follower) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx, cancel := context.WithCancel(cmd.Context())
		defer cancel()
		core, err := p.core(ctx)
		if err != nil {
			return err
		}
		f, err := follow(ctx, core, args[0])
		if err != nil {
			return err
		}
		return do(p, ctx, f)
	}
}

func follow(ctx context.Context, core app.Core, name string) (follower, error) {
	watch := core.Watch(ctx)
	snapshot, open := <-watch
	if !open {
		return follower{}, ended(ctx)
	}
	s, err := find(snapshot, name)
	return follower{core, watch, s}, err
}

// until takes snapshots until done says so of the session.
func (f follower) until(ctx context.Context, done func(app.Session) (bool, error)) error {
	for snapshot := range f.watch {
		s, there := byID(snapshot, f.before.ID)
		if !there {
			return errors.New(messages.Text("cli.error.connection-removed"))
		}
		if ok, err := done(s); ok || err != nil {
			return err
		}
	}
	return ended(ctx)
}

func (in *signIn) run(ctx context.Context, device bool) error {
	p, f := in.p, in.f
	if signedIn(f.before) {
		p.say(messages.Text("cli.login.already", signedInArgs(f.before)))
		return in.limit(ctx)
	}
	begin := f.core.SignIn
	if device {
		begin = f.core.SignInByDevice
	}
	if err := begin(ctx, f.before.ID); err != nil {
		return err
	}
	if err := in.limit(ctx); err != nil {
		return err
	}
	err := f.until(ctx, func(s app.Session) (bool, error) { return in.check(ctx, s) })
	if errors.Is(err, errInterrupted) {
		return errors.Join(err, cancelSignIn(ctx, f))
	}
	return err
}

// cancelTimeout is how long Ctrl-C waits for the agent to hear of it.
const cancelTimeout = 3 * time.Second

func cancelSignIn(ctx context.Context, f follower) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelTimeout)
	defer cancel()
	return f.core.CancelSignIn(ctx, f.before.ID)
}

func signedIn(s app.Session) bool { return s.Phase == session.Active || s.Phase == session.Renewing }

// signIn is a sign-in that the user waits for.
type signIn struct {
	p                *program
	f                follower
	stdin            io.Reader
	yes              bool // every question is answered with yes
	begun, announced bool
	// until is when the session is to end, where it is limited by a flag.
	until    time.Time
	limited  bool
	answered uint64 // the last question that was answered here
}

// check takes the session as it is now, and says whether the sign-in is over.
func (in *signIn) check(ctx context.Context, s app.Session) (over bool, err error) {
	switch {
	case signedIn(s):
		in.p.say(messages.Text("cli.login.done", signedInArgs(s)))
		in.p.printWarnings(s)
		return true, nil
	case s.Question != nil:
		in.begun, in.announced = true, false // the link is another one afterwards
		return false, in.ask(ctx, *s.Question)
	case s.Phase == session.SigningIn || s.Phase == session.Exchanging:
		in.begun = true
		return false, in.printLink(ctx, s)
	case newProblem(in.f.before.Problem, s.Problem):
		return true, errors.New(problemText(*s.Problem))
	case in.begun:
		return true, errors.New(messages.Text("cli.error.canceled"))
	}
	return false, nil // the agent has not begun
}

func (in *signIn) printLink(ctx context.Context, s app.Session) error {
	if !s.LinkReady || in.announced {
		return nil
	}
	link, err := in.f.core.SignInLink(ctx, s.ID)
	if errors.Is(err, app.ErrNoLink) {
		return nil // answered in the meantime
	}
	if err != nil {
		return err
	}
	in.announced = true
	in.p.say(beforeLink(s))
	_, err = fmt.Fprintln(in.p.stdout, link)
	return err
}

// signedInArgs are the values of texts about who is signed in, and for how long.
func signedInArgs(s app.Session) messages.Args {
	return messages.Args{"Connection": s.Name, "User": s.Identity, "TimeLeft": timeLeft(s, time.Now())}
}

// beforeLink is what is said before the link. Anyone who got a code from somebody else would sign that
// user in as themselves, so a code comes with a warning.
func beforeLink(s app.Session) string {
	switch {
	case s.UserCode != "":
	case os.Getenv("SSH_CONNECTION") != "":
		return wrapped(messages.Text("cli.login.link-ssh", messages.Args{"Name": tools.Handle(s.ID)}))
	default:
		return messages.Text("cli.login.link")
	}
	return wrapped(messages.Text("cli.login.code", messages.Args{"Code": s.UserCode}))
}

// printWarnings says what a user should know of the session that has begun.
func (p *program) printWarnings(s app.Session) {
	for _, code := range s.Warnings {
		if text := app.WarningText(code); text != "" {
			p.say(text)
		}
	}
}

func newProblem(before, now *app.Problem) bool {
	return now != nil && (before == nil || !before.At.Equal(now.At))
}

func (p *program) logout(ctx context.Context, f follower) error {
	if f.before.Phase == session.SignedOut {
		p.say(messages.Text("cli.logout.not-signed-in", messages.Args{"Connection": f.before.Name}))
		return nil
	}
	if err := f.core.SignOut(ctx, f.before.ID); err != nil {
		return err
	}
	return f.until(ctx, func(s app.Session) (bool, error) {
		if s.Phase != session.SignedOut || s.SigningOut {
			return false, nil
		}
		p.say(signedOutText(f.before, s))
		return true, nil
	})
}

// signedOutText says what has been ended, and what could not be.
func signedOutText(before, now app.Session) string {
	if !newProblem(before.Problem, now.Problem) {
		return messages.Text("cli.logout.done", messages.Args{"Connection": now.Name})
	}
	words := now.Problem.Current()
	return messages.Text("cli.logout.partly", messages.Args{"Connection": now.Name, "Detail": words.Detail, "NextStep": words.NextStep})
}
