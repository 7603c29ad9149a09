// Soak has twenty sessions of one agent live through faults for a long time, and tells whether one was
// lost and whether memory, goroutines, descriptors and files stayed as they were.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

func main() {
	o := options{}
	flag.StringVar(&o.bin, "bin", filepath.Join("build", "bin"), "the folder with daypass, minio and dex")
	flag.DurationVar(&o.duration, "for", time.Hour, "how long")
	flag.IntVar(&o.sessions, "sessions", 20, "how many sessions")
	flag.DurationVar(&o.tokens, "tokens", 2*time.Minute, "how long ID tokens live")
	flag.DurationVar(&o.keys, "keys", 15*time.Minute, "how long keys live")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := soak(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

type options struct {
	bin          string
	duration     time.Duration
	sessions     int
	tokens, keys time.Duration
}

// run is one soak.
type run struct {
	options
	*headless.Rig
	stand *headless.Stand
	tally
}

// tally is what was seen.
type tally struct {
	looks, faults int
	// unusable counts looks at sessions without keys that work, which is right only while a fault lasts
	// longer than the keys.
	unusable int
	lost     map[string]string
	slowest  time.Duration
}

func soak(ctx context.Context, o options) error {
	stand, err := headless.NewStand(ctx, o.bin, o.tokens, o.sessions)
	if err != nil {
		return err
	}
	defer stand.Close()
	r, err := headless.New(ctx, headless.Options{Program: filepath.Join(o.bin, "daypass")})
	if err != nil {
		return err
	}
	defer r.Close()
	s := &run{options: o, Rig: r, stand: stand, tally: tally{lost: map[string]string{}}}
	if err := s.signIn(ctx); err != nil {
		return err
	}
	begin, err := s.warm(ctx)
	if err != nil {
		return err
	}
	s.live(ctx)
	if err := s.recover(ctx); err != nil {
		return err
	}
	end, err := s.quietest(ctx)
	if err != nil {
		return err
	}
	return s.report(ctx, begin, end)
}

func id(n int) string { return fmt.Sprintf("lake-%02d", n) }

func (s *run) signIn(ctx context.Context) error {
	for n := range s.sessions {
		file, err := s.stand.Connection(fmt.Sprintf("Lake %02d", n), s.stand.MinIO, s.keys)
		if err != nil {
			return err
		}
		if err := s.AddConnection(id(n), file); err != nil {
			return err
		}
	}
	if err := s.Start(ctx); err != nil {
		return err
	}
	for n := range s.sessions {
		if err := s.SignIn(ctx, id(n), s.stand.People[n]); err != nil {
			return err
		}
	}
	fmt.Printf("%d sessions signed in, ID tokens of %v, keys of %v\n", s.sessions, s.tokens, s.keys)
	return nil
}

// warm has every session renewed once, and waits until nothing is left of that, before the first
// measurement.
func (s *run) warm(ctx context.Context) (figures, error) {
	pause(ctx, 10*time.Second)
	for n := range s.sessions {
		if err := s.Do(ctx, id(n), "renew"); err != nil {
			return figures{}, err
		}
	}
	return s.quietest(ctx)
}

// live has one fault after the other, at either server or both, with a time without one between.
func (s *run) live(ctx context.Context) {
	end := time.Now().Add(s.duration)
	order := faults.All()
	for n := 0; time.Now().Before(end) && ctx.Err() == nil; n++ {
		if n%len(order) == 0 {
			rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		fault, at := order[n%len(order)], rand.IntN(3)
		fmt.Printf("%s  %-28s at %s\n", time.Now().Format("15:04:05"), fault, []string{"Dex", "MinIO", "both"}[at])
		s.set(fault, at)
		s.faults++
		s.hurry(ctx) // else most faults would be over before a renewal meets them
		s.watch(ctx, 20*time.Second+rand.N(40*time.Second))
		s.set(faults.None, 2)
		s.watch(ctx, 30*time.Second+rand.N(30*time.Second))
		s.allWell(ctx)
	}
}

func (s *run) set(f faults.Fault, at int) {
	var err error
	if at != 1 {
		err = s.stand.Dex.Set(f)
	}
	if at != 0 {
		err = errors.Join(err, s.stand.MinIO.Set(f))
	}
	if err != nil {
		fmt.Println("the fault cannot be set:", err)
	}
}

// hurry asks a few sessions to renew, in the middle of the fault.
func (s *run) hurry(ctx context.Context) {
	for range 3 {
		_ = s.Do(ctx, id(rand.IntN(s.sessions)), "renew")
	}
}

func (s *run) watch(ctx context.Context, d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end) && ctx.Err() == nil; pause(ctx, 2*time.Second) {
		s.look(ctx)
	}
}

// look counts what a user would mind.
func (s *run) look(ctx context.Context) {
	began := time.Now()
	all, err := s.Snapshot(ctx)
	s.slowest = max(s.slowest, time.Since(began))
	s.looks++
	if err != nil {
		s.lost["the agent"] = err.Error()
		return
	}
	for _, one := range all.Sessions {
		switch one.Phase {
		case "active", "renewing":
		case "expired":
			s.unusable++
		default:
			s.lost[one.ID] = one.Phase + problem(one)
		}
	}
}

func problem(one headless.Session) string {
	if one.Problem == nil {
		return ""
	}
	return ": " + one.Problem.Code + ": " + one.Problem.Detail
}

// allWell says which sessions still suffer half a minute after the fault.
func (s *run) allWell(ctx context.Context) {
	all, err := s.Snapshot(ctx)
	if err != nil {
		return
	}
	for _, one := range all.Sessions {
		if one.Failures > 0 {
			fmt.Printf("          %s has not recovered: %d failures%s\n", one.ID, one.Failures, problem(one))
		}
	}
}

// recover waits until every session has renewed once more.
func (s *run) recover(ctx context.Context) error {
	s.set(faults.None, 2)
	pause(ctx, 35*time.Second)
	for n := range s.sessions {
		if err := s.Do(ctx, id(n), "renew"); err != nil {
			return err
		}
	}
	pause(ctx, 30*time.Second)
	for n := range s.sessions {
		one, err := s.Session(ctx, id(n))
		if err != nil {
			return err
		}
		if one.Phase != "active" || one.Failures != 0 {
			s.lost[one.ID] = one.Phase + problem(one)
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
