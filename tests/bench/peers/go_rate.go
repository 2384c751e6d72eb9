// The Go SDK signs an address after another for so many seconds, then prints links per second and
// the first link. It knows RSA with SHA-1 alone.
//
//	go_rate KEY.pem SHA1 ID END ADDRESSES SECONDS
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/cloudfront/sign"
)

func main() {
	file, err := os.Open(os.Args[1])
	check(err)
	key, err := sign.LoadPEMPrivKey(file)
	check(err)
	end, err := strconv.ParseInt(os.Args[4], 10, 64)
	check(err)
	text, err := os.ReadFile(os.Args[5])
	check(err)
	seconds, err := strconv.ParseFloat(os.Args[6], 64)
	check(err)

	signer := sign.NewURLSigner(os.Args[3], key)
	addresses := strings.Fields(string(text))
	first, err := signer.Sign(addresses[0], time.Unix(end, 0))
	check(err)
	began := time.Now()
	for count := 1; ; count++ {
		_, err := signer.Sign(addresses[count%len(addresses)], time.Unix(end, 0))
		check(err)
		if took := time.Since(began).Seconds(); took >= seconds {
			fmt.Println(float64(count)/took, first)
			return
		}
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
