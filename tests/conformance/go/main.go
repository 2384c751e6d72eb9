// The Go SDK's links: reads a case a line (JSON: url, expires, id), prints a link a line.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/cloudfront/sign"
)

type testCase struct {
	URL     string
	Expires int64
	ID      string
}

func main() {
	file, err := os.Open(os.Args[1])
	check(err)
	key, err := sign.LoadPEMPrivKey(file)
	check(err)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	cases := bufio.NewScanner(os.Stdin)
	cases.Buffer(nil, 1<<20)
	for cases.Scan() {
		var c testCase
		check(json.Unmarshal(cases.Bytes(), &c))
		link, err := sign.NewURLSigner(c.ID, key).Sign(c.URL, time.Unix(c.Expires, 0))
		check(err)
		fmt.Fprintln(out, link)
	}
	check(cases.Err())
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
