/* The decoder's helper as the tests want it: files that start with a word misbehave. */
#include "image/decode_helper.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static ct_code misbehave(struct ct_image **out, struct ct_slice file,
                         const struct ct_decode_params *params, struct ct_err *err)
{
    volatile uintptr_t nowhere = 16;
    if (ct_slice_is(file, "SEGV"))
        *(volatile int *)nowhere = 1;
    if (ct_slice_is(file, "OPEN"))
        (void)open("/etc/passwd", O_RDONLY);
    if (ct_slice_is(file, "SOCKET"))
        (void)socket(AF_INET, SOCK_STREAM, 0);
    if (ct_slice_is(file, "FORK"))
        (void)fork();
    if (ct_slice_is(file, "EXEC"))
        (void)execl("/bin/true", "true", (char *)NULL);
    if (ct_slice_is(file, "CODE"))
        (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ct_slice_is(file, "KILL"))
        kill(getppid(), SIGKILL);
    if (ct_slice_is(file, "LIE")) { /* a picture without pixels */
        ct_code rc = ct_image_new(out, 9, 9, 3, err);
        (*out)->width = 50000;
        (*out)->height = 1;
        (*out)->channels = 0;
        return rc;
    }
    if (ct_slice_is(file, "SLEEP"))
        for (;;)
            ;
    if (file.len > 0 && file.len < 8 && !ct_slice_is(file, "GIF89a")) /* it got away with it */
        return ct_image_new(out, 1, 1, 3, err);
    return ct_decode_with(out, file, params, err);
}

int main(void)
{
    return ct_decode_helper_main(misbehave);
}
