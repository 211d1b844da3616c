package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// harvesters lets 32 clients at once read from a server, and looks at its
// memory.
func (b *bench) harvesters(ctx context.Context) error {
	server := exec.CommandContext(ctx, b.file("gtnum"), "serve", "--addr", "127.0.0.1:0", "--db", b.db)
	stderr, err := server.StderrPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		return err
	}
	go io.Copy(os.Stderr, stderr)
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(line) + "/oai?"
	var pages, refused atomic.Int64
	var clients sync.WaitGroup
	start := time.Now()
	for range 32 {
		clients.Go(func() {
			for query := list; query != "" && time.Since(start) < 20*time.Second; {
				page, err := fetch(base + query)
				if err != nil {
					refused.Add(1)
					fmt.Fprintln(os.Stderr, "store:", err)
					time.Sleep(time.Second)
					continue
				}
				pages.Add(1)
				query = after(page)
			}
		})
	}
	clients.Wait()
	took := time.Since(start).Seconds()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", server.Process.Pid))
	if err != nil {
		return err
	}
	most := 0
	if m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(text); m != nil {
		most, _ = strconv.Atoi(string(m[1]))
	}
	judge("memory of a server under 32 harvesters", fmt.Sprintf("%d MiB", most>>10), "≤ 100 MiB", most <= 100<<10)
	tell("it serves them", "%.0f records/s by the clock, %d requests refused", float64(200*pages.Load())/took, refused.Load())
	return nil
}

func fetch(address string) (string, error) {
	resp, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, resp.Body); err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s: %s", address, resp.Status, b.String())
	}
	return b.String(), nil
}
