//! Functions for kernels, in a loop over a column that stays in the first cache.

use std::hint::black_box;
use std::marker::PhantomData;

use neuropil::core::{Kernel, Precision, Real, dispatch};

use crate::case::{Case, Group, Work};

const GROUP: Group = Group { name: "functions", unit: "call" };
const LENGTH: u16 = 1024;
const STEPS: u64 = 5;

pub(crate) fn cases() -> Vec<Case> {
    let groups = [
        both_precisions::<Exp>("exp"),
        both_precisions::<ExpM1>("exp_m1"),
        both_precisions::<Exprel>("exprel"),
        both_precisions::<Ln>("ln"),
        both_precisions::<Ln1p>("ln_1p"),
        both_precisions::<Pow>("pow"),
        both_precisions::<Powi>("powi(4)"),
        both_precisions::<Tanh>("tanh"),
        both_precisions::<Sin>("sin"),
        both_precisions::<Cos>("cos"),
        both_precisions::<Sqrt>("sqrt"),
        both_precisions::<Floor>("floor"),
    ];
    groups.into_iter().flatten().collect()
}

fn both_precisions<F: Function>(name: &'static str) -> [Case; 2] {
    [
        Case::new(GROUP, name, Some(Precision::F32), STEPS, || Box::new(Calls::<f32, F>::new())),
        Case::new(GROUP, name, Some(Precision::F64), STEPS, || Box::new(Calls::<f64, F>::new())),
    ]
}

/// A function of a number, and of a second one where it takes two.
trait Function: 'static {
    fn of<R: Real>(x: R, y: R) -> R;
}

/// Declares functions.
macro_rules! functions {
    ($($name:ident($x:ident, $y:ident) = $value:expr;)*) => {
        $(
            struct $name;
            impl Function for $name {
                #[inline(always)]
                fn of<R: Real>($x: R, $y: R) -> R {
                    $value
                }
            }
        )*
    };
}

functions! {
    Exp(x, _y) = x.exp();
    ExpM1(x, _y) = x.exp_m1();
    Exprel(x, _y) = x.exprel();
    Ln(x, _y) = x.ln();
    Ln1p(x, _y) = x.ln_1p();
    Pow(x, y) = x.pow(y);
    Powi(x, _y) = x.powi(4);
    Tanh(x, _y) = x.tanh();
    Sin(x, _y) = x.sin();
    Cos(x, _y) = x.cos();
    Sqrt(x, _y) = x.sqrt();
    Floor(x, _y) = x.floor();
}

/// Calls for all numbers of a column.
struct Calls<R, F> {
    x: Vec<R>,
    y: Vec<R>,
    results: Vec<R>,
    function: PhantomData<F>,
}

impl<R: Real, F> Calls<R, F> {
    fn new() -> Self {
        let column = |step: f64| (1..=LENGTH).map(|i| R::from_f64(f64::from(i) * step)).collect();
        let results = vec![R::ZERO; usize::from(LENGTH)];
        Self { x: column(0.01), y: column(0.003), results, function: PhantomData }
    }
}

impl<R: Real, F: Function> Work for Calls<R, F> {
    fn prepare(&mut self) -> u64 {
        u64::from(LENGTH)
    }

    fn step(&mut self) {
        let (x, y) = (black_box(&self.x[..]), black_box(&self.y[..]));
        dispatch(Loop { x, y, results: &mut self.results, function: self.function });
    }
}

struct Loop<'a, R, F> {
    x: &'a [R],
    y: &'a [R],
    results: &'a mut [R],
    function: PhantomData<F>,
}

impl<R: Real, F: Function> Kernel for Loop<'_, R, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for ((result, x), y) in self.results.iter_mut().zip(self.x).zip(self.y) {
            *result = F::of(*x, *y);
        }
    }
}
