package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"time"

	"daypass/app/messages"
)

// Decoder makes previews from the beginnings of objects.
type Decoder interface {
	// Decode makes the preview of an object that begins with head and has size bytes. It ends with ctx.
	// Errors: ErrTooCostly, ctx's own, or that of a decoder that does not run.
	Decode(ctx context.Context, key string, head []byte, size int64) (Preview, error)
}

// ErrTooCostly says that a decoder was stopped: the object asked for more memory or time than a preview may
// take.
var ErrTooCostly = errors.New("a preview of this object takes too much memory or time")

// InProcess decodes in the caller's own process, without limits of memory and time. It is for tests and
// for the child of a Process.
type InProcess struct{}

// Decode implements Decoder.
func (InProcess) Decode(ctx context.Context, key string, head []byte, size int64) (Preview, error) {
	return Of(key, head, size), ctx.Err()
}

// Process decodes each object in a child process with limits of memory and time, so that a small object that
// unpacks to a huge one, or that keeps a decoder busy, costs only the child (rule 44).
type Process struct {
	// Command is the program and its arguments that run Serve.
	Command []string
	// Timeout is how long a child may take; 0 means ten seconds.
	Timeout time.Duration
}

var _ Decoder = Process{}

const (
	// processTimeout is the default of Process.Timeout.
	processTimeout = 10 * time.Second
	// maxAnswer is how long the answer of a child may be, in bytes: a picture of maxSide by maxSide pixels in
	// base64, and some text.
	maxAnswer = 32 << 20
)

// work is what a child reads, and result what it writes: one of each.
type (
	work struct {
		Key  string `json:"key"`
		Head []byte `json:"head"`
		Size int64  `json:"size"`
	}
	result struct {
		Preview
		// Pixels are those of the picture, four bytes each, row by row, Side[0] wide and Side[1] high.
		Pixels []byte `json:"pixels,omitempty"`
		Side   [2]int `json:"side,omitzero"`
	}
)

// Decode implements Decoder.
func (p Process) Decode(ctx context.Context, key string, head []byte, size int64) (Preview, error) {
	question, err := json.Marshal(work{Key: key, Head: head, Size: size})
	if err != nil {
		return Preview{}, err
	}
	timeout := p.Timeout
	if timeout == 0 {
		timeout = processTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answer, err := p.run(limited, question)
	switch {
	case ctx.Err() != nil:
		return Preview{}, ctx.Err()
	case limited.Err() != nil:
		return Preview{}, ErrTooCostly
	case err != nil:
		return Preview{}, err
	}
	return parseResult(answer)
}

// run runs a child. One that was started and failed was stopped by its limits.
func (p Process) run(ctx context.Context, question []byte) ([]byte, error) {
	cmd := exec.CommandContext(ctx, p.Command[0], p.Command[1:]...)
	answer := &cappedBuffer{max: maxAnswer}
	cmd.Stdin, cmd.Stdout = bytes.NewReader(question), answer
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOTRACEBACK=none")
	cmd.SysProcAttr = withoutConsole()
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if _, stopped := errors.AsType[*exec.ExitError](err); stopped {
		return nil, ErrTooCostly
	}
	if err != nil {
		return nil, messages.NewError(err, "agent.error.preview")
	}
	return answer.Bytes(), nil
}

func parseResult(answer []byte) (Preview, error) {
	var r result
	if err := json.Unmarshal(answer, &r); err != nil {
		return Preview{}, messages.NewError(err, "agent.error.preview")
	}
	if w, h := r.Side[0], r.Side[1]; r.Kind == Picture {
		if w <= 0 || h <= 0 || w > maxSide || h > maxSide || len(r.Pixels) != 4*w*h {
			return Preview{}, messages.NewError(nil, "agent.error.preview")
		}
		r.Picture = &image.NRGBA{Pix: r.Pixels, Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
	}
	return r.Preview, nil
}

// Serve decodes one object for a Process, within limits that it sets on its own process first. The process must
// end after it.
func Serve(in io.Reader, out io.Writer) error {
	if err := limitProcess(); err != nil {
		return fmt.Errorf("preview: limit the decoder: %w", err)
	}
	var w work
	if err := json.NewDecoder(io.LimitReader(in, 2*PictureSize)).Decode(&w); err != nil {
		return errors.New("this command is for the window's own use")
	}
	r := result{Preview: Of(w.Key, w.Head, w.Size)}
	if picture, ok := r.Picture.(*image.NRGBA); ok {
		r.Pixels, r.Side = picture.Pix, [2]int{picture.Rect.Dx(), picture.Rect.Dy()}
	}
	return json.NewEncoder(out).Encode(r)
}

// cappedBuffer is a buffer that refuses more than max bytes.
type cappedBuffer struct {
	bytes.Buffer
	max int
}

func (b *cappedBuffer) Write(data []byte) (int, error) {
	if b.Len()+len(data) > b.max {
		return 0, errors.New("the answer is too long")
	}
	return b.Buffer.Write(data)
}
